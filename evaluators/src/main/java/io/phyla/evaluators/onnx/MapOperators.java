package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto.DataType;

/** Operators that pass elements on, join them, pad them or spread them. */
final class MapOperators {

    private MapOperators() {}

    static Value identity(Operation operation) throws Refusal {
        Value of = operation.value(0);
        return of instanceof Signal signal ? operation.seen(signal, signal.view()) : of;
    }

    /** Kept as a layer, for it matters when the network is trained on. */
    static Value dropout(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        double ratio = operation.attributes().real("ratio", operation.given(1) ? operation.scalar(1) : 0.5);
        if (operation.given(2) && operation.whole(2)[0] != 0) {
            throw new Refusal(
                    "it is in training mode, which draws other zeros each time; export the model in evaluation"
                            + " mode");
        }
        operation.attributes().integer("seed", 0);
        return ratio == 0
                ? operation.seen(of, of.view())
                : operation.add(
                        new Layer.Dropout(ratio),
                        of.view(),
                        operation.settling().layer(of));
    }

    static Value cast(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        long to = operation.attributes().integer("to", 0);
        if (to == DataType.FLOAT.getNumber()
                || to == DataType.DOUBLE.getNumber()
                || to == DataType.FLOAT16.getNumber()) {
            if (to != DataType.FLOAT.getNumber()) {
                operation.note("its result is of single precision here and not of " + DataType.forNumber((int) to));
            }
            return operation.seen(of, of.view());
        }
        throw new Refusal("computed tensors must stay of floating point; it makes type " + to + " of one");
    }

    static Value concat(Operation operation) throws Refusal {
        List<Signal> parts = new ArrayList<>();
        for (int i = 0; i < operation.inputs(); i++) {
            parts.add(operation.signal(i));
        }
        Signal first = parts.getFirst();
        int dim = operation.dim(operation.attributes().integer("axis", 1), first);
        if (parts.size() == 1) {
            return operation.seen(first, first.view());
        }
        List<Integer> layers = new ArrayList<>();
        for (Signal part : parts) {
            layers.add(operation.settling().layer(part));
        }
        if (!channels(operation, parts, layers, dim)) {
            layers.clear();
            for (Signal part : parts) {
                layers.add(operation.settling().map(part));
            }
            first = first.as(View.usual(
                    operation.assembly().shape(layers.getFirst()),
                    first.view().dims().size()));
            if (dim != 0) {
                throw new Refusal("there is no layer that joins tensors of " + first.view() + " along axis " + (dim + 1)
                        + "; channels can be joined");
            }
        }
        int joined = operation.layer(new Layer.Concat(), Map.of(), layers.toArray(Integer[]::new));
        return operation.signal(
                joined,
                first.view().with(dim, View.channels(operation.assembly().shape(joined))));
    }

    /** Whether the dimension is the channels of all, and all are seen alike otherwise. */
    private static boolean channels(Operation operation, List<Signal> parts, List<Integer> layers, int dim) {
        View rest = parts.getFirst().view();
        for (int i = 0; i < parts.size(); i++) {
            View view = parts.get(i).view();
            Shape shape = operation.assembly().shape(layers.get(i));
            if (view.dims().size() != rest.dims().size()
                    || !view.dims().get(dim).equals(View.channels(shape))
                    || !view.with(dim, List.of()).equals(rest.with(dim, List.of()))) {
                return false;
            }
        }
        return true;
    }

    static Value pad(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        operation.attributes().only("mode", "constant");
        boolean attributes = operation.opset() < 11;
        double value =
                attributes ? operation.attributes().real("value", 0) : operation.given(2) ? operation.scalar(2) : 0;
        if (value != 0) {
            throw new Refusal("there is no layer that pads with " + value + "; 0 can be read");
        }
        long[] pads = attributes ? operation.attributes().integers("pads") : operation.whole(1);
        int dims = of.view().dims().size();
        if (dims > 3) {
            throw new Refusal("there is no layer that pads " + of.view() + "; N,C,H,W can be read");
        }
        long[] all = pads == null ? new long[0] : spread(operation, pads, dims + 1);
        if (all.length != 2 * (dims + 1)) {
            throw new Refusal("it must have two paddings for each of " + (dims + 1) + " dimensions");
        }
        int height = dims - 1;
        for (int i = 0; i <= dims; i++) {
            boolean spatial = i >= 2;
            if (!spatial && (all[i] != 0 || all[i + dims + 1] != 0)) {
                throw new Refusal("there is no layer that pads the batch or the channels");
            }
        }
        Layer layer = new Layer.Pad(
                dims == 3 ? clamped(operation, all[height]) : 0,
                dims == 3 ? clamped(operation, all[height + dims + 1]) : 0,
                dims >= 2 ? clamped(operation, all[dims]) : 0,
                dims >= 2 ? clamped(operation, all[2 * dims + 1]) : 0);
        int from = operation.settling().map(of);
        return layer.equals(new Layer.Pad(0, 0, 0, 0))
                ? operation.signal(
                        from,
                        View.usual(
                                operation.assembly().shape(from),
                                of.view().dims().size()))
                : operation.add(layer, Map.of(), dims, from);
    }

    /** Rows and columns cut away are a negative padding. */
    static Value slice(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        boolean attributes = operation.opset() < 10;
        long[] starts = attributes ? operation.attributes().integers("starts") : operation.whole(1);
        long[] ends = attributes ? operation.attributes().integers("ends") : operation.whole(2);
        long[] axes =
                attributes ? operation.attributes().integers("axes") : operation.given(3) ? operation.whole(3) : null;
        long[] steps = !attributes && operation.given(4) ? operation.whole(4) : null;
        Cuts cuts = Cuts.of(operation, of.view(), starts, ends, axes, steps);
        int from = operation.settling().map(of);
        return operation.add(cuts.layer(), Map.of(), of.view().dims().size(), from);
    }

    /** Paddings of chosen axes as paddings of all. */
    private static long[] spread(Operation operation, long[] pads, int rank) throws Refusal {
        if (!operation.given(3)) {
            return pads;
        }
        long[] axes = operation.whole(3);
        long[] all = new long[2 * rank];
        if (pads.length != 2 * axes.length) {
            throw new Refusal("it has " + pads.length + " paddings for " + axes.length + " axes");
        }
        for (int i = 0; i < axes.length; i++) {
            int axis = operation.axis(axes[i], rank);
            all[axis] = pads[i];
            all[axis + rank] = pads[i + axes.length];
        }
        return all;
    }

    private static int clamped(Operation operation, long padding) throws Refusal {
        return padding < 0 ? -operation.exact("padding", -padding, 0) : operation.exact("padding", padding, 0);
    }

    static Value depthToSpace(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int from = operation.settling().map(of);
        String mode = operation.attributes().text("mode", "DCR");
        int factor =
                operation.exact("attribute 'blocksize'", operation.attributes().integer("blocksize", 0), 1);
        long square = (long) factor * factor;
        if (!mode.equals("CRD") && operation.assembly().shape(from).channels() != square) {
            throw new Refusal("attribute 'mode' must be CRD, not " + mode + ", for which there is no layer");
        }
        return operation.add(new Layer.PixelShuffle(factor), Map.of(), 3, from);
    }
}
