package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Folding.Fold;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Layers with weights, together with the normalisation that is folded into them. */
final class WeightedNodes {

    private WeightedNodes() {}

    static void convolve(Site at, Layer.Convolution layer) {
        Extent kernel = layer.kernel();
        int inputs = at.inputShape(0).channels() / layer.groups();
        Fold fold = at.fold();
        List<String> tensors = tensors(
                at,
                at.map(0),
                List.of(layer.channels(), inputs, kernel.height(), kernel.width()),
                layer.bias(),
                fold == null ? weights -> weights : fold::weights);
        Attributes window = Attributes.of("kernel_shape", kernel)
                .and("strides", layer.stride())
                .andPads(layer.padding())
                .and("dilations", layer.dilation())
                .and("group", layer.groups());
        at.last("Conv", tensors, window);
    }

    static void transpose(Site at, Layer.TransposedConvolution layer) {
        Extent kernel = layer.kernel();
        int inputs = at.inputShape(0).channels();
        Fold fold = at.fold();
        List<String> tensors = tensors(
                at,
                at.map(0),
                List.of(inputs, layer.channels() / layer.groups(), kernel.height(), kernel.width()),
                layer.bias(),
                fold == null
                        ? weights -> weights
                        : weights ->
                                fold.transposed(weights, inputs, layer.groups(), kernel.height() * kernel.width()));
        Attributes window = Attributes.of("kernel_shape", kernel)
                .and("strides", layer.stride())
                .andPads(layer.padding())
                .and("output_padding", layer.outputPadding())
                .and("dilations", layer.dilation())
                .and("group", layer.groups());
        at.last("ConvTranspose", tensors, window);
    }

    static void linear(Site at, Layer.Linear layer) {
        Fold fold = at.fold();
        List<String> tensors = tensors(
                at,
                at.vector(0),
                List.of(layer.features(), Math.toIntExact(at.inputShape(0).elements())),
                layer.bias(),
                fold == null ? weights -> weights : fold::weights);
        at.last("Gemm", tensors, Attributes.of("transB", 1));
    }

    private static List<String> tensors(
            Site at, String input, List<Integer> shape, boolean bias, UnaryOperator<float[]> folded) {
        List<String> tensors = new ArrayList<>();
        tensors.add(input);
        tensors.add(at.tensor(Role.WEIGHT, shape, () -> folded.apply(at.values(Role.WEIGHT))));
        Fold fold = at.fold();
        if (fold != null) {
            tensors.add(at.tensor(Role.BIAS, List.of(fold.bias().length), fold::bias));
        } else if (bias) {
            tensors.add(at.tensor(Role.BIAS));
        }
        return tensors;
    }
}
