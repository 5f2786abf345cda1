package io.phyla.spaces.design;

import io.phyla.spaces.design.Network.Node;
import java.util.List;

/**
 * What a network costs, from its form alone.
 *
 * @param params learned numbers: weights, biases, normalisation's scale and shift
 * @param macs multiply-accumulates of convolutions, linear layers and matrix products for one sample, a linear bias counted
 *     as one each, as NAS-Bench-201 publishes them
 * @param peakMemory bytes of float32 activations for one sample alive at once: nodes run in order, each output lives
 *     until its last use
 * @param depth convolutions and linear layers on the longest path
 */
public record NetworkCost(long params, long macs, long peakMemory, int depth) {

    /** Marks a buffer that is gone, so that a node using it twice frees it once. */
    private static final int FREED = -1;

    public static NetworkCost of(Network network) {
        long params = 0;
        long macs = 0;
        for (int i = 0; i < network.nodes().size(); i++) {
            params += params(network, i);
            macs += macs(network, i);
        }
        return new NetworkCost(params, macs, peakMemory(network), depth(network));
    }

    /** Learned numbers of one node. */
    public static long params(Network network, int node) {
        Node it = network.nodes().get(node);
        long channels = network.shapes().get(node).channels();
        return switch (it.layer()) {
            case Layer.Convolution layer -> weights(network, it, layer) + (layer.bias() ? layer.channels() : 0);
            case Layer.TransposedConvolution layer ->
                weights(network, it, layer) + (layer.bias() ? layer.channels() : 0);
            case Layer.Linear layer ->
                input(network, it).elements() * layer.features() + (layer.bias() ? layer.features() : 0);
            case Layer.BatchNormalization _,
                    Layer.GroupNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _ -> 2 * channels;
            case Layer.Program layer ->
                channels * (layer.program().vectors().size() + (layer.program().affine() ? 2 : 0));
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
                    Layer.Zero _ -> 0;
        };
    }

    /** Multiply-accumulates of one node for one sample. */
    public static long macs(Network network, int node) {
        Node it = network.nodes().get(node);
        Shape out = network.shapes().get(node);
        return switch (it.layer()) {
            case Layer.Convolution layer -> weights(network, it, layer) * out.height() * out.width();
            case Layer.TransposedConvolution layer -> {
                Shape in = input(network, it);
                yield weights(network, it, layer) * in.height() * in.width();
            }
            case Layer.Linear _ -> params(network, node);
            case Layer.MatrixProduct layer -> {
                Shape second = network.shapes().get(it.inputs().getLast());
                long summed = layer.transposed()
                        ? second.channels() / layer.heads()
                        : (long) second.height() * second.width();
                yield out.elements() * summed;
            }
            case Layer.Input _,
                    Layer.BatchNormalization _,
                    Layer.GroupNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _,
                    Layer.Program _,
                    Layer.Activation _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
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
                    Layer.Zero _ -> 0;
        };
    }

    private static long weights(Network network, Node node, Layer.Convolution layer) {
        return (long) input(network, node).channels()
                / layer.groups()
                * layer.kernel().height()
                * layer.kernel().width()
                * layer.channels();
    }

    private static long weights(Network network, Node node, Layer.TransposedConvolution layer) {
        return (long) input(network, node).channels()
                * (layer.channels() / layer.groups())
                * layer.kernel().height()
                * layer.kernel().width();
    }

    private static Shape input(Network network, Node node) {
        return network.shapes().get(node.inputs().getFirst());
    }

    private static long peakMemory(Network network) {
        List<Node> nodes = network.nodes();
        int[] lastUse = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            lastUse[i] = i;
            for (int input : nodes.get(i).inputs()) {
                lastUse[input] = i;
            }
        }
        long alive = 0;
        long peak = 0;
        for (int i = 0; i < nodes.size(); i++) {
            alive += bytes(network, i);
            peak = Math.max(peak, alive);
            for (int input : nodes.get(i).inputs()) {
                if (lastUse[input] == i) {
                    alive -= bytes(network, input);
                    lastUse[input] = FREED;
                }
            }
            if (lastUse[i] == i) {
                alive -= bytes(network, i);
            }
        }
        return peak;
    }

    private static long bytes(Network network, int node) {
        return network.shapes().get(node).elements() * Float.BYTES;
    }

    private static int depth(Network network) {
        int[] depth = new int[network.nodes().size()];
        for (int i = 0; i < depth.length; i++) {
            Node node = network.nodes().get(i);
            for (int input : node.inputs()) {
                depth[i] = Math.max(depth[i], depth[input]);
            }
            if (node.layer() instanceof Layer.Convolution
                    || node.layer() instanceof Layer.TransposedConvolution
                    || node.layer() instanceof Layer.Linear) {
                depth[i]++;
            }
        }
        return depth[depth.length - 1];
    }
}
