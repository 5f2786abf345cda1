package io.phyla.evaluators.source;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import java.util.List;
import java.util.Optional;

/** What a layer without numbers computes, as a Python expression of its inputs. */
final class Expressions {

    private Expressions() {}

    /** @param x the inputs, N,C or N,C,H,W */
    static String of(Layer layer, List<String> x) {
        String first = x.getFirst();
        return switch (layer) {
            case Layer.Activation activation -> activation(activation.function(), first);
            case Layer.LeakyRelu leaky ->
                Call.of("F.leaky_relu", first, PythonNames.number(leaky.slope()))
                        .toString();
            case Layer.Softmax softmax ->
                softmax.groups() == 1
                        ? Call.of("F.softmax", first, 1).toString()
                        : Call.of("grouped_softmax", first, softmax.groups()).toString();
            case Layer.MatrixProduct product ->
                Call.of("matrix_product", first, x.get(1), product.heads())
                        .always("transposed", PythonNames.bool(product.transposed()))
                        .always("scale", PythonNames.number(product.scale()))
                        .toString();
            case Layer.Pooling pooling -> pool(pooling, first).toString();
            case Layer.GlobalPooling _ ->
                Call.of("torch.mean", first, "(2, 3)").always("keepdim", "True").toString();
            case Layer.Add _ -> String.join(" + ", x);
            case Layer.Multiply _ -> String.join(" * ", x);
            case Layer.Concat _ ->
                Call.of("torch.cat", "(" + String.join(", ", x) + ")", 1).toString();
            case Layer.Pad pad -> {
                String sides = "(%d, %d, %d, %d)".formatted(pad.left(), pad.right(), pad.top(), pad.bottom());
                yield Call.of("F.pad", first, sides).toString();
            }
            case Layer.Flatten _ -> Call.of("torch.flatten", first, 1).toString();
            case Layer.PixelShuffle shuffle ->
                Call.of("F.pixel_shuffle", first, shuffle.factor()).toString();
            case Layer.Upsample upsample -> enlarge(upsample, first).toString();
            case Layer.Dropout dropout ->
                Call.of("F.dropout", first, PythonNames.number(dropout.probability()), "self.training")
                        .toString();
            case Layer.Zero _ -> Call.of("torch.zeros_like", first).toString();
            case Layer.Input _,
                    Layer.Program _,
                    Layer.Convolution _,
                    Layer.TransposedConvolution _,
                    Layer.Linear _,
                    Layer.BatchNormalization _,
                    Layer.GroupNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _ ->
                throw new IllegalArgumentException(layer + " is a module and no expression");
        };
    }

    /** Which function of ours the expression calls, if any. */
    static Optional<Helper> helper(Layer layer) {
        if (layer instanceof Layer.MatrixProduct) {
            return Optional.of(Helper.MATRIX_PRODUCT);
        }
        boolean grouped = layer instanceof Layer.Softmax softmax && softmax.groups() > 1;
        return grouped ? Optional.of(Helper.GROUPED_SOFTMAX) : Optional.empty();
    }

    private static String activation(Function function, String x) {
        String name = switch (function) {
            case RELU -> "F.relu";
            case RELU6 -> "F.relu6";
            case HARD_SWISH -> "F.hardswish";
            case HARD_SIGMOID -> "F.hardsigmoid";
            case SWISH -> "F.silu";
            case SIGMOID -> "torch.sigmoid";
            case TANH -> "torch.tanh";
            case GELU -> "F.gelu";
        };
        return Call.of(name, x).toString();
    }

    private static Call pool(Layer.Pooling layer, String x) {
        return switch (layer.kind()) {
            case MAXIMUM -> window("F.max_pool2d", layer, x);
            case AVERAGE -> window("F.avg_pool2d", layer, x).with("count_include_pad", layer.countPadding(), true);
        };
    }

    private static Call window(String function, Layer.Pooling layer, String x) {
        return Call.of(function, x, Call.extent(layer.kernel()))
                .always("stride", Call.extent(layer.stride()))
                .with("padding", layer.padding(), 0);
    }

    /** The mode nearest-exact looks at pixel centres, so that no rounding chooses another pixel. */
    private static Call enlarge(Layer.Upsample layer, String x) {
        Call call = Call.of("F.interpolate", x).always("scale_factor", Integer.toString(layer.factor()));
        return switch (layer.kind()) {
            case NEAREST -> call.always("mode", "\"nearest-exact\"");
            case LINEAR -> call.always("mode", "\"bilinear\"").with("align_corners", false, true);
        };
    }
}
