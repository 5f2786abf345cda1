package io.phyla.evaluators.source;

import io.phyla.evaluators.export.Outline;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The PyTorch module that holds a layer's numbers, for the layers that have some. */
final class Modules {

    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Network network;
    private final Outline outline;
    private final Map<LayerProgram, String> classes = new LinkedHashMap<>();

    Modules(Network network, Outline outline) {
        this.network = network;
        this.outline = outline;
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Program layer) {
                classes.computeIfAbsent(
                        layer.program(), _ -> classes.isEmpty() ? "Program" : "Program" + (classes.size() + 1));
            }
        }
    }

    /** A class for each program that occurs. */
    String classes() {
        StringBuilder text = new StringBuilder();
        classes.forEach((program, name) -> text.append(new ProgramClass(name, program, MOMENTUM).torch()));
        return text.toString();
    }

    /** The call that makes it. */
    Optional<Call> of(int node) {
        int channels = network.shapes().get(node).channels();
        return switch (network.nodes().get(node).layer()) {
            case Layer.Convolution layer ->
                Optional.of(Call.of("nn.Conv2d", input(node).channels(), channels, Call.extent(layer.kernel()))
                        .with("stride", layer.stride(), 1)
                        .with("padding", layer.padding(), 0)
                        .with("dilation", layer.dilation(), 1)
                        .with("groups", layer.groups(), 1)
                        .with("bias", layer.bias(), true));
            case Layer.TransposedConvolution layer ->
                Optional.of(Call.of("nn.ConvTranspose2d", input(node).channels(), channels, Call.extent(layer.kernel()))
                        .with("stride", layer.stride(), 1)
                        .with("padding", layer.padding(), 0)
                        .with("output_padding", layer.outputPadding(), 0)
                        .with("groups", layer.groups(), 1)
                        .with("bias", layer.bias(), true)
                        .with("dilation", layer.dilation(), 1));
            case Layer.Linear layer ->
                Optional.of(Call.of("nn.Linear", input(node).elements(), layer.features())
                        .with("bias", layer.bias(), true));
            case Layer.BatchNormalization layer ->
                Optional.of(Call.of(outline.vector(node) ? "nn.BatchNorm1d" : "nn.BatchNorm2d", channels)
                        .with("eps", layer.epsilon(), EPSILON)
                        .with("momentum", layer.momentum(), MOMENTUM));
            case Layer.GroupNormalization layer -> Optional.of(group(node, layer));
            case Layer.InstanceNormalization layer -> Optional.of(instance(node, layer));
            case Layer.LayerNormalization layer ->
                Optional.of(Call.of(outline.vector(node) ? "nn.LayerNorm" : "ChannelNorm", channels)
                        .with("eps", layer.epsilon(), EPSILON));
            case Layer.Program layer ->
                Optional.of(Call.of(classes.getOrDefault(layer.program(), ""), channels)
                        .with("momentum", layer.momentum(), MOMENTUM));
            case Layer.Input _,
                    Layer.Activation _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
                    Layer.MatrixProduct _,
                    Layer.Pooling _,
                    Layer.GlobalPooling _,
                    Layer.Add _,
                    Layer.Multiply _,
                    Layer.Concat _,
                    Layer.Pad _,
                    Layer.Flatten _,
                    Layer.PixelShuffle _,
                    Layer.Upsample _,
                    Layer.Dropout _,
                    Layer.Zero _ -> Optional.empty();
        };
    }

    /** Which class of ours a layer's module is, if it is one. */
    Optional<Helper> helper(int node) {
        Layer layer = network.nodes().get(node).layer();
        if (layer instanceof Layer.LayerNormalization && !outline.vector(node)) {
            return Optional.of(Helper.CHANNEL_NORM);
        }
        if (layer instanceof Layer.Program) {
            return Optional.of(Helper.TORCH_PROGRAM);
        }
        boolean lone = layer instanceof Layer.GroupNormalization group && lone(node, group.groups())
                || layer instanceof Layer.InstanceNormalization && Outline.single(input(node));
        return lone ? Optional.of(Helper.LONE_NORM) : Optional.empty();
    }

    private Call group(int node, Layer.GroupNormalization layer) {
        int channels = input(node).channels();
        return lone(node, layer.groups())
                ? Call.of("LoneNorm", layer.groups(), channels, PythonNames.number(layer.epsilon()))
                : Call.of("nn.GroupNorm", layer.groups(), channels).with("eps", layer.epsilon(), EPSILON);
    }

    private Call instance(int node, Layer.InstanceNormalization layer) {
        int channels = input(node).channels();
        return Outline.single(input(node))
                ? Call.of("LoneNorm", channels, channels, PythonNames.number(layer.epsilon()))
                : Call.of("nn.InstanceNorm2d", channels)
                        .with("eps", layer.epsilon(), EPSILON)
                        .with("affine", true, false);
    }

    private boolean lone(int node, int groups) {
        return input(node).elements() == groups;
    }

    private Shape input(int node) {
        return network.shapes().get(network.nodes().get(node).inputs().getFirst());
    }
}
