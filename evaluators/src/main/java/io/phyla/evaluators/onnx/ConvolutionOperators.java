package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Convolutions over one or two dimensions. */
final class ConvolutionOperators {

    private ConvolutionOperators() {}

    static Value convolve(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = operation.settling().map(signal);
        Shape in = operation.assembly().shape(from);
        Real weights = weights(operation, signal);
        Windows windows = Windows.of(operation, kernel(operation, weights), in);
        int groups = operation.exact("attribute 'group'", operation.attributes().integer("group", 1), 1);
        int channels = operation.exact("the number of filters", weights.dims().getFirst(), 1);
        expect(operation, weights.dims().get(1), in.channels(), groups);
        Map<Role, float[]> tensors = tensors(operation, weights, channels);
        if (!windows.symmetric()) {
            from = operation.insert("pad", windows.pads(), from);
            windows = windows.unpadded();
        }
        Layer layer = new Layer.Convolution(
                channels,
                windows.kernel(),
                windows.stride(),
                windows.padding(),
                windows.dilation(),
                groups,
                tensors.containsKey(Role.BIAS));
        return operation.add(layer, tensors, signal.view().dims().size(), from);
    }

    /** Padding that is not the same on both sides, and that of an output shape, is cut off afterwards. */
    static Value transpose(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = operation.settling().map(signal);
        Shape in = operation.assembly().shape(from);
        Real weights = weights(operation, signal);
        List<Integer> kernel = kernel(operation, weights);
        if (operation.attributes().has("output_shape")) {
            throw new Refusal("its attribute 'output_shape' cannot be read; padding can");
        }
        String automatic = operation.attributes().text("auto_pad", "NOTSET");
        if (!automatic.equals("NOTSET") && !automatic.equals("VALID")) {
            throw new Refusal("attribute 'auto_pad' must be NOTSET or VALID, not " + automatic);
        }
        Windows windows = Windows.of(operation, kernel, in);
        int groups = operation.exact("attribute 'group'", operation.attributes().integer("group", 1), 1);
        long[] more = operation.attributes().integers("output_padding", kernel.size(), 0);
        Extent outputPadding = new Extent(
                more.length == 2 ? operation.exact("attribute 'output_padding'", more[0], 0) : 0,
                operation.exact("attribute 'output_padding'", more[more.length - 1], 0));
        expect(operation, weights.dims().getFirst(), in.channels(), 1);
        int channels = operation.exact("the number of filters", (long) weights.dims().get(1) * groups, 1);
        Map<Role, float[]> tensors = tensors(operation, weights, channels);
        Layer layer = new Layer.TransposedConvolution(
                channels,
                windows.kernel(),
                windows.stride(),
                windows.symmetric() ? windows.padding() : Extent.ZERO,
                outputPadding,
                windows.dilation(),
                groups,
                tensors.containsKey(Role.BIAS));
        Signal spread = operation.add(layer, tensors, signal.view().dims().size(), from);
        if (windows.symmetric()) {
            return spread;
        }
        Layer.Pad pads = windows.pads();
        Layer cut = new Layer.Pad(-pads.top(), -pads.bottom(), -pads.left(), -pads.right());
        return operation.add(
                cut, Map.of(), signal.view().dims().size(), operation.settling().layer(spread));
    }

    private static Real weights(Operation operation, Signal signal) throws Refusal {
        Real weights = operation.real(1);
        int spatial = weights.dims().size() - 2;
        if (spatial < 1 || spatial > 2 || signal.view().dims().size() != spatial + 1) {
            throw new Refusal("weights of " + weights.dims().size() + " dimensions on a tensor of "
                    + (signal.view().dims().size() + 1) + " cannot be read; 3 on 3 and 4 on 4 can");
        }
        return weights;
    }

    private static List<Integer> kernel(Operation operation, Real weights) throws Refusal {
        List<Integer> kernel = weights.dims().subList(2, weights.dims().size());
        long[] said = operation.attributes().integers("kernel_shape");
        if (said != null && !LongStream.of(said).boxed().toList().equals(kernel.stream().map(Integer::longValue).toList())) {
            throw new Refusal(
                    "attribute 'kernel_shape' is " + Labels.shown(Arrays.toString(said)) + " and the weights have " + kernel);
        }
        return kernel;
    }

    private static void expect(Operation operation, int channels, int in, int groups) throws Refusal {
        if ((long) channels * groups != in) {
            throw new Refusal(operation.named(1) + " is for " + (long) channels * groups + " channels, not " + in);
        }
    }

    private static Map<Role, float[]> tensors(Operation operation, Real weights, int channels) throws Refusal {
        return Operation.tensors(
                Role.WEIGHT,
                operation.finite(1, weights.values()),
                Role.BIAS,
                operation.given(2) ? operation.numbers(2, channels) : null);
    }
}
