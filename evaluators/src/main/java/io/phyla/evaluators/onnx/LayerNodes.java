package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;

/** The ONNX operators that compute exactly what a layer does in inference. */
final class LayerNodes {

    private static final int FIRST_WITH_AXES_OF_PADDING = 18;

    private LayerNodes() {}

    static void write(Site at) {
        switch (at.layer()) {
            case Layer.Input _ -> throw new IllegalArgumentException("the input is no operator");
            case Layer.Convolution layer -> WeightedNodes.convolve(at, layer);
            case Layer.TransposedConvolution layer -> WeightedNodes.transpose(at, layer);
            case Layer.Linear layer -> WeightedNodes.linear(at, layer);
            case Layer.BatchNormalization layer -> NormalizationNodes.batch(at, layer);
            case Layer.GroupNormalization layer -> NormalizationNodes.group(at, layer);
            case Layer.LayerNormalization layer -> NormalizationNodes.layer(at, layer);
            case Layer.InstanceNormalization layer -> NormalizationNodes.instance(at, layer);
            case Layer.Program layer -> ProgramNodes.write(at, layer);
            case Layer.Activation layer -> ActivationNodes.write(at, layer.function());
            case Layer.LeakyRelu layer -> at.last("LeakyRelu", at.inputs(), Attributes.of("alpha", layer.slope()));
            case Layer.Softmax layer -> AttentionNodes.softmax(at, layer);
            case Layer.MatrixProduct layer -> AttentionNodes.product(at, layer);
            case Layer.Pooling layer -> pool(at, layer);
            case Layer.GlobalPooling _ -> at.last("GlobalAveragePool", at.inputs());
            // Add takes two inputs, Sum any number.
            case Layer.Add _ -> at.last(at.inputs().size() == 2 ? "Add" : "Sum", at.inputs());
            case Layer.Multiply _ -> at.last("Mul", at.inputs());
            case Layer.Concat _ -> at.last("Concat", at.inputs(), Attributes.of("axis", 1));
            case Layer.Pad layer -> pad(at, layer);
            case Layer.Flatten _ -> at.last("Flatten", List.of(at.value()), Attributes.of("axis", 1));
            case Layer.PixelShuffle layer ->
                at.last(
                        "DepthToSpace",
                        at.inputs(),
                        Attributes.of("blocksize", layer.factor()).and("mode", "CRD"));
            case Layer.Upsample layer -> enlarge(at, layer);
            case Layer.Dropout _ -> at.last("Identity", at.inputs());
            case Layer.Zero _ -> zero(at);
        }
    }

    private static void pool(Site at, Layer.Pooling layer) {
        Attributes window = Attributes.of("kernel_shape", layer.kernel())
                .and("strides", layer.stride())
                .andPads(layer.padding());
        switch (layer.kind()) {
            case MAXIMUM -> at.last("MaxPool", at.inputs(), window);
            case AVERAGE ->
                at.last("AveragePool", at.inputs(), window.and("count_include_pad", layer.countPadding() ? 1 : 0));
        }
    }

    /**
     * Cutting is a slice, because not every runtime takes the negative padding that the standard allows. ONNX Runtime merges a
     * plain padding into the maximum pooling behind it, which then passes over the zeros; it keeps one that names its axes, and
     * one with a sum of nothing else behind it.
     */
    private static void pad(Site at, Layer.Pad layer) {
        boolean cuts = Math.min(Math.min(layer.top(), layer.bottom()), Math.min(layer.left(), layer.right())) < 0;
        boolean pads = Math.max(Math.max(layer.top(), layer.bottom()), Math.max(layer.left(), layer.right())) > 0;
        List<String> cut = at.inputs();
        if (cuts) {
            Shape in = at.inputShape(0);
            List<String> slice = List.of(
                    at.map(0),
                    at.integers("starts", Math.max(0, -layer.top()), Math.max(0, -layer.left())),
                    at.integers(
                            "ends", in.height() + Math.min(0, layer.bottom()), in.width() + Math.min(0, layer.right())),
                    at.integers("axes", 2, 3));
            if (!pads) {
                at.last("Slice", slice);
                return;
            }
            cut = List.of(at.step("cut", "Slice", slice));
        }
        long top = Math.max(0, layer.top());
        long bottom = Math.max(0, layer.bottom());
        long left = Math.max(0, layer.left());
        long right = Math.max(0, layer.right());
        Attributes constant = Attributes.of("mode", "constant");
        if (at.opset() >= FIRST_WITH_AXES_OF_PADDING) {
            String widths = at.integers("pads", top, left, bottom, right);
            at.last("Pad", List.of(cut.getFirst(), widths, "", at.integers("axes", 2, 3)), constant);
            return;
        }
        String widths = at.integers("pads", 0, 0, top, left, 0, 0, bottom, right);
        at.last("Sum", List.of(at.step("pad", "Pad", List.of(cut.getFirst(), widths), constant)));
    }

    /** Half-pixel coordinates lie well inside a pixel when the factor is whole, so no rounding can choose another. */
    private static void enlarge(Site at, Layer.Upsample layer) {
        String scales = at.numbers("scales", 1, 1, layer.factor(), layer.factor());
        Attributes centres = Attributes.of("coordinate_transformation_mode", "half_pixel");
        Attributes mode = switch (layer.kind()) {
            case NEAREST -> centres.and("mode", "nearest").and("nearest_mode", "round_prefer_floor");
            case LINEAR -> centres.and("mode", "linear");
        };
        at.last("Resize", List.of(at.input(), "", scales), mode);
    }

    /** Made from the input's shape alone: no product or difference of an infinite input is zero. */
    private static void zero(Site at) {
        at.last("ConstantOfShape", List.of(at.step("shape", "Shape", at.inputs())));
    }
}
