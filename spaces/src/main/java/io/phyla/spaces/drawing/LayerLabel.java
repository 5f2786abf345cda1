package io.phyla.spaces.drawing;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;

/** A layer in a few words, as papers write it: {@code 3x3 conv 32 /2}. */
final class LayerLabel {

    private LayerLabel() {}

    static String of(Network network, int node) {
        Network.Node it = network.nodes().get(node);
        return switch (it.layer()) {
            case Layer.Input _ -> "input";
            case Layer.Convolution layer -> {
                int input = network.shapes().get(it.inputs().getFirst()).channels();
                boolean depthwise = layer.groups() == input && input > 1;
                String name = depthwise ? "dw conv" : "conv";
                yield convolution(name, layer.channels(), layer.kernel(), layer.stride(), layer.dilation())
                        + (depthwise ? "" : groups(layer.groups()));
            }
            case Layer.TransposedConvolution layer ->
                convolution("transposed conv", layer.channels(), layer.kernel(), layer.stride(), layer.dilation())
                        + groups(layer.groups());
            case Layer.Linear layer -> "linear " + layer.features();
            case Layer.BatchNormalization _ -> "BN";
            case Layer.GroupNormalization layer -> "GN " + layer.groups();
            case Layer.LayerNormalization _ -> "LN";
            case Layer.InstanceNormalization _ -> "IN";
            case Layer.Program layer -> program(layer.program());
            case Layer.Activation layer -> function(layer.function());
            case Layer.LeakyRelu layer -> "leaky ReLU " + layer.slope();
            case Layer.Softmax layer -> layer.groups() == 1 ? "softmax" : layer.groups() + " x softmax";
            case Layer.MatrixProduct layer ->
                (layer.heads() == 1 ? "" : layer.heads() + " x ") + (layer.transposed() ? "A·Bᵀ" : "A·B");
            case Layer.Pooling layer -> window(layer.kernel()) + " " + kind(layer.kind()) + strided(layer.stride());
            case Layer.GlobalPooling _ -> "global pool";
            case Layer.Add _ -> "add";
            case Layer.Multiply _ -> "multiply";
            case Layer.Concat _ -> "concat";
            case Layer.Pad layer ->
                "pad " + layer.top() + " " + layer.right() + " " + layer.bottom() + " " + layer.left();
            case Layer.Flatten _ -> "flatten";
            case Layer.PixelShuffle layer -> "pixel shuffle x" + layer.factor();
            case Layer.Upsample layer ->
                (layer.kind() == Layer.Upsample.Kind.NEAREST ? "nearest" : "linear") + " x" + layer.factor();
            case Layer.Dropout layer -> "dropout " + layer.probability();
            case Layer.Zero _ -> "zero";
        };
    }

    private static String program(LayerProgram program) {
        int nodes = program.liveNodes();
        return nodes == 0 && program.output() == LayerProgram.X
                ? program.affine() ? "scale, shift" : "identity"
                : "program " + program.series() + " of " + nodes;
    }

    private static String convolution(String name, int channels, Extent kernel, Extent stride, Extent dilation) {
        String holes = dilation.equals(Extent.ONE) ? "" : " dilation " + dilation;
        return window(kernel) + " " + name + " " + channels + strided(stride) + holes;
    }

    private static String groups(int groups) {
        return groups == 1 ? "" : ", " + groups + " groups";
    }

    private static String window(Extent kernel) {
        return kernel.height() + "x" + kernel.width();
    }

    private static String strided(Extent stride) {
        return stride.equals(Extent.ONE) ? "" : " /" + stride;
    }

    private static String kind(Layer.Pooling.Kind kind) {
        return switch (kind) {
            case AVERAGE -> "avg pool";
            case MAXIMUM -> "max pool";
        };
    }

    private static String function(Layer.Activation.Function function) {
        return switch (function) {
            case RELU -> "ReLU";
            case RELU6 -> "ReLU6";
            case HARD_SWISH -> "hard-swish";
            case HARD_SIGMOID -> "hard-sigmoid";
            case SWISH -> "swish";
            case SIGMOID -> "sigmoid";
            case TANH -> "tanh";
            case GELU -> "GELU";
        };
    }
}
