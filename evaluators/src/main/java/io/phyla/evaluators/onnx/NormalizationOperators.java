package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Batch, instance, group and layer normalisation as operators of their own. */
final class NormalizationOperators {

    private NormalizationOperators() {}

    static Value batch(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = channelsFirst(operation, signal);
        int channels = operation.assembly().shape(from).channels();
        NodeAttributes attributes = operation.attributes();
        attributes.only("spatial", 1);
        double epsilon = attributes.epsilon();
        BigDecimal kept = BigDecimal.valueOf(attributes.real("momentum", 0.9));
        if (attributes.integer("training_mode", 0) != 0 || operation.outputs() > 1) {
            throw new Refusal(
                    "it is in training mode, which normalises by the batch; export the model in evaluation" + " mode");
        }
        Map<Role, float[]> tensors = scaled(operation, channels);
        tensors.put(Role.MEAN, operation.numbers(3, channels));
        tensors.put(Role.VARIANCE, operation.numbers(4, channels));
        for (float variance : tensors.get(Role.VARIANCE)) {
            if (!(variance + epsilon > 0)) {
                throw new Refusal(operation.named(4) + " has a variance of " + variance + ", which is not above 0");
            }
        }
        Layer layer = new Layer.BatchNormalization(
                epsilon, BigDecimal.ONE.subtract(kept).doubleValue());
        return operation.add(layer, tensors, unflattened(operation, signal, from), from);
    }

    private static Map<Role, float[]> scaled(Operation operation, int channels) throws Refusal {
        return Operation.tensors(
                Role.SCALE, operation.numbers(1, channels), Role.SHIFT, operation.numbers(2, channels));
    }

    /** The layer behind a signal whose first dimension is its channels, made so if need be. */
    static int channelsFirst(Operation operation, Signal signal) throws Refusal {
        int from = operation.settling().layer(signal);
        return first(signal.view(), operation.assembly().shape(from))
                ? from
                : operation.settling().map(signal);
    }

    private static boolean first(View view, Shape shape) {
        return view.dims().getFirst().equals(View.channels(shape));
    }

    private static View unflattened(Operation operation, Signal signal, int from) throws Refusal {
        Shape shape = operation.assembly().shape(from);
        return operation.settling().layer(signal) == from
                ? signal.view()
                : View.usual(shape, signal.view().dims().size());
    }

    /** Over all dimensions behind the first; if that is a part of the channels, it is a normalisation of groups. */
    static Value instance(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        View view = signal.view();
        int layer = operation.settling().layer(signal);
        if (!blocks(view, operation.assembly().shape(layer))) {
            layer = operation.settling().map(signal);
            view = View.usual(operation.assembly().shape(layer), view.dims().size());
        }
        int channels = operation.assembly().shape(layer).channels();
        double epsilon = operation.attributes().epsilon();
        List<Atom> first = view.dims().getFirst();
        int groups = first.isEmpty() ? 1 : first.getFirst().size();
        float[] scale = repeated(operation.numbers(1, groups), channels);
        float[] shift = repeated(operation.numbers(2, groups), channels);
        Layer normalization = groups == channels
                ? new Layer.InstanceNormalization(epsilon)
                : new Layer.GroupNormalization(groups, epsilon);
        return operation.add(normalization, Operation.tensors(Role.SCALE, scale, Role.SHIFT, shift), view, layer);
    }

    /** Whether the first dimension is of blocks of channels that follow one another, or has one element. */
    private static boolean blocks(View view, Shape shape) {
        List<Atom> first = view.dims().getFirst();
        return first.isEmpty()
                || first.size() == 1
                        && first.getFirst().axis() == Atom.Axis.CHANNEL
                        && first.getFirst().stride()
                                == shape.channels() / first.getFirst().size();
    }

    private static float[] repeated(float[] values, int count) {
        float[] repeated = new float[count];
        for (int i = 0; i < count; i++) {
            repeated[i] = values[i / (count / values.length)];
        }
        return repeated;
    }

    static Value group(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = channelsFirst(operation, signal);
        int channels = operation.assembly().shape(from).channels();
        int groups =
                operation.exact("attribute 'num_groups'", operation.attributes().integer("num_groups", 0), 1);
        double epsilon = operation.attributes().epsilon();
        operation.attributes().integer("stash_type", 1);
        int given = operation.opset() < 21 ? groups : channels;
        if (channels % groups != 0) {
            throw new Refusal(groups + " groups do not divide " + channels + " channels");
        }
        float[] scale = repeated(operation.numbers(1, given), channels);
        float[] shift = repeated(operation.numbers(2, given), channels);
        return operation.add(
                new Layer.GroupNormalization(groups, epsilon),
                Operation.tensors(Role.SCALE, scale, Role.SHIFT, shift),
                unflattened(operation, signal, from),
                from);
    }

    /** Over the channels of each position, wherever they are, or over everything. */
    static Value layer(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int first = operation.dim(operation.attributes().integer("axis", -1), signal);
        List<Integer> dims =
                IntStream.range(first, signal.view().dims().size()).boxed().toList();
        double epsilon = operation.attributes().epsilon();
        operation.attributes().integer("stash_type", 1);
        Normalized normalized = Normalized.over(operation, signal, dims);
        float[] scale = normalized.perChannel(operation, 1);
        float[] shift = operation.given(2) ? normalized.perChannel(operation, 2) : new float[scale.length];
        return operation.add(
                normalized.layer(epsilon),
                Operation.tensors(Role.SCALE, scale, Role.SHIFT, shift),
                normalized.view(),
                normalized.from());
    }
}
