package io.phyla.spaces.template;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Part of a network: the layers between two of it, in its order. An input of -1 is what enters the part; the last layer's
 * output leaves it.
 */
record ModelCut(List<Network.Node> nodes) {

    /** What enters the part. */
    static final int ENTRY = -1;

    /**
     * Cuts.
     *
     * @param from the layer whose output is replaced by what enters
     * @param until the layer whose output leaves
     * @throws IllegalArgumentException if a layer needed takes something from before {@code from}
     */
    static ModelCut of(Network network, int from, int until) {
        BitSet needed = needed(network, from, until);
        int[] place = new int[network.nodes().size()];
        List<Network.Node> nodes = new ArrayList<>();
        for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
            Network.Node node = network.nodes().get(i);
            if (node.layer() instanceof Layer.Input) {
                throw new IllegalArgumentException(
                        "'" + network.nodes().get(until).name()
                                + "' takes something that does not come through '"
                                + network.nodes().get(from).name() + "'");
            }
            place[i] = nodes.size();
            nodes.add(new Network.Node(
                    node.name(),
                    node.layer(),
                    node.inputs().stream()
                            .map(input -> input == from ? ENTRY : place[input])
                            .toList()));
        }
        return new ModelCut(List.copyOf(nodes));
    }

    private static BitSet needed(Network network, int from, int until) {
        BitSet needed = new BitSet();
        if (until != from) {
            needed.set(until);
        }
        for (int i = until; i >= 0; i--) {
            if (needed.get(i)) {
                for (int input : network.nodes().get(i).inputs()) {
                    if (input != from) {
                        needed.set(input);
                    }
                }
            }
        }
        return needed;
    }
}
