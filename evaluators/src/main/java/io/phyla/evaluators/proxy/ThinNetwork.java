package io.phyla.evaluators.proxy;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network narrowed to as few channels as its form allows, for one-channel inputs of a few pixels, and cut before the first
 * layer that lowers the resolution: so that its rectifiers are few enough to count their patterns.
 *
 * <p>All channel counts are divided by the smallest of any convolution that is kept, rounded down, at least 1. A depthwise
 * convolution stays depthwise; other groups become the largest number that divides them and the new channels. TE-NAS builds
 * such networks for its own spaces only, from one stage and without a stem; of an arbitrary network nobody can tell the stem, so
 * here it stays.
 */
final class ThinNetwork {

    private ThinNetwork() {}

    /** Nothing if no convolution stands before the first layer of a lower resolution, or layers do not fit so small an input. */
    static Optional<Network> of(Network network, int size) {
        int end = end(network);
        OptionalInt divisor = network.nodes().subList(0, end).stream()
                .filter(node -> node.layer() instanceof Layer.Convolution)
                .mapToInt(node -> ((Layer.Convolution) node.layer()).channels())
                .min();
        if (divisor.isEmpty()) {
            return Optional.empty();
        }
        List<Node> nodes = new ArrayList<>();
        Shape input = new Shape(1, size, size);
        nodes.add(new Node(network.nodes().getFirst().name(), new Layer.Input(input), List.of()));
        try {
            for (Node node : network.nodes().subList(1, end)) {
                nodes.add(new Node(node.name(), thin(network, node, nodes, divisor.getAsInt()), node.inputs()));
            }
            return Optional.of(Network.of(nodes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first node of a lower resolution than the images, or the number of nodes. */
    private static int end(Network network) {
        Shape input = network.input();
        int end = 1;
        while (end < network.nodes().size()
                && network.shapes().get(end).height() >= input.height()
                && network.shapes().get(end).width() >= input.width()) {
            end++;
        }
        return end;
    }

    private static Layer thin(Network network, Node node, List<Node> before, int divisor) {
        return switch (node.layer()) {
            case Layer.Convolution layer -> {
                int input = node.inputs().getFirst();
                int wide = network.shapes().get(input).channels();
                yield thin(layer, wide, narrow(node, before), divisor);
            }
            case Layer.TransposedConvolution layer -> {
                int channels = divide(layer.channels(), divisor);
                yield new Layer.TransposedConvolution(
                        channels,
                        layer.kernel(),
                        layer.stride(),
                        layer.padding(),
                        layer.outputPadding(),
                        layer.dilation(),
                        gcd(layer.groups(), gcd(channels, narrow(node, before))),
                        layer.bias());
            }
            case Layer.Linear layer -> new Layer.Linear(divide(layer.features(), divisor), layer.bias());
            case Layer.GroupNormalization layer ->
                new Layer.GroupNormalization(gcd(layer.groups(), narrow(node, before)), layer.epsilon());
            case Layer.Softmax layer -> new Layer.Softmax(gcd(layer.groups(), narrow(node, before)));
            case Layer.Input _,
                    Layer.Program _,
                    Layer.BatchNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _,
                    Layer.Activation _,
                    Layer.LeakyRelu _,
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
                    Layer.Zero _ -> node.layer();
        };
    }

    /** Channels of a node's first input in the thin network. */
    private static int narrow(Node node, List<Node> before) {
        return Network.of(before).shapes().get(node.inputs().getFirst()).channels();
    }

    private static Layer thin(Layer.Convolution layer, int wide, int narrow, int divisor) {
        boolean depthwise = layer.groups() > 1 && layer.groups() == wide;
        int channels = depthwise ? narrow * (layer.channels() / wide) : divide(layer.channels(), divisor);
        int groups = depthwise ? narrow : gcd(layer.groups(), gcd(channels, narrow));
        return new Layer.Convolution(
                channels, layer.kernel(), layer.stride(), layer.padding(), layer.dilation(), groups, layer.bias());
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static int divide(int channels, int divisor) {
        return Math.max(1, channels / divisor);
    }
}
