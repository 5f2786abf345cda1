package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.util.Arrays;

/** Nodes that run as one with the node before them. */
final class Fusion {

    static final int NONE = -1;

    private Fusion() {}

    /** For each normalisation the rectifier that is its only reader, for everything else {@link #NONE}. */
    static int[] rectifiers(Network network) {
        int[] readers = new int[network.nodes().size()];
        int[] reader = new int[readers.length];
        for (int i = 0; i < readers.length; i++) {
            for (int input : network.nodes().get(i).inputs()) {
                readers[input]++;
                reader[input] = i;
            }
        }
        int[] rectifiers = new int[readers.length];
        Arrays.fill(rectifiers, NONE);
        for (int i = 0; i < rectifiers.length; i++) {
            Node node = network.nodes().get(i);
            if (node.layer() instanceof Layer.BatchNormalization
                    && readers[i] == 1
                    && network.nodes().get(reader[i]).layer().equals(Layer.Activation.RELU)) {
                rectifiers[i] = reader[i];
            }
        }
        return rectifiers;
    }
}
