package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;

/**
 * What a network surely needs, counted in doubles so that no size overflows: refuses the absurd before arrays or kernels are
 * made for it. The exact figure is that of the laid-out memory.
 */
final class MemoryDemand {

    private MemoryDemand() {}

    /** @throws MemoryLimitException if one layer's output or all parameters alone are above the limit */
    static void check(Network network, int batch, long limit) {
        double parameters = 0;
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            double own = parameters(network, node);
            parameters += own;
            double output = elements(network.shapes().get(i)) * batch;
            refuseAbove(limit, node, Math.max(own, output), Math.max(2 * parameters, output), batch);
        }
    }

    private static void refuseAbove(long limit, Node node, double own, double needed, int batch) {
        if (needed * Float.BYTES > limit) {
            throw new MemoryLimitException(
                    node.name(), (long) (own * Float.BYTES), (long) (needed * Float.BYTES), limit, batch);
        }
    }

    /** Of the layers whose parameters may be many; the others have two per channel at most. */
    private static double parameters(Network network, Node node) {
        if (node.layer() instanceof Layer.Convolution layer) {
            return layer.channels()
                    * (window(layer.kernel()) * input(network, node).channels() / layer.groups() + 1);
        }
        if (node.layer() instanceof Layer.TransposedConvolution layer) {
            return layer.channels()
                    * (window(layer.kernel()) * input(network, node).channels() / layer.groups() + 1);
        }
        if (node.layer() instanceof Layer.Linear layer) {
            return layer.features() * (elements(input(network, node)) + 1);
        }
        return 0;
    }

    private static double window(Extent kernel) {
        return (double) kernel.height() * kernel.width();
    }

    private static Shape input(Network network, Node node) {
        return network.shapes().get(node.inputs().getFirst());
    }

    private static double elements(Shape shape) {
        return (double) shape.channels() * shape.height() * shape.width();
    }
}
