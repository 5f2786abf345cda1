package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes that do not run by themselves: a rectifier that is the only reader of a normalisation or a sum runs with it, and
 * rectifiers of one value run once.
 *
 * @param origins for each node the earlier one whose output is its own, {@link #NONE} for those that run
 * @param rectified nodes whose step ends with a rectifier
 */
record Fusion(int[] origins, boolean[] rectified) {

    static final int NONE = -1;

    static Fusion of(Network network) {
        List<Node> nodes = network.nodes();
        List<List<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            readers.add(new ArrayList<>());
            for (int input : nodes.get(i).inputs()) {
                readers.get(input).add(i);
            }
        }
        int[] origins = new int[nodes.size()];
        Arrays.fill(origins, NONE);
        boolean[] rectified = new boolean[origins.length];
        for (int i = 0; i < origins.length; i++) {
            List<Integer> rectifiers =
                    readers.get(i).stream().filter(r -> rectifies(nodes.get(r))).toList();
            boolean only =
                    !rectifiers.isEmpty() && rectifiers.size() == readers.get(i).size();
            rectified[i] = only && endsWithRectifier(nodes.get(i).layer());
            for (int rectifier : rectifiers) {
                if (rectified[i]) {
                    origins[rectifier] = i;
                } else if (rectifier != rectifiers.getFirst()) {
                    origins[rectifier] = rectifiers.getFirst();
                }
            }
        }
        return new Fusion(origins, rectified);
    }

    private static boolean rectifies(Node node) {
        return node.layer().equals(Layer.Activation.RELU);
    }

    /** Layers whose step can do so. */
    private static boolean endsWithRectifier(Layer layer) {
        return layer instanceof Layer.BatchNormalization || layer instanceof Layer.Add;
    }
}
