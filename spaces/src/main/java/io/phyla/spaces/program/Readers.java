package io.phyla.spaces.program;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.List;

/** What becomes of each layer's result in a network. */
final class Readers {

    private final List<Network.Node> nodes;
    private final List<List<Integer>> readers = new ArrayList<>();
    private final boolean[] pooled;
    private final boolean[] multiplied;

    Readers(Network network) {
        nodes = network.nodes();
        for (int node = 0; node < nodes.size(); node++) {
            readers.add(new ArrayList<>());
            for (int input : nodes.get(node).inputs()) {
                readers.get(input).add(node);
            }
        }
        pooled = new boolean[nodes.size()];
        for (int node = 0; node < pooled.length; node++) {
            pooled[node] = means(node);
        }
        multiplied = new boolean[nodes.size()];
        for (int node = multiplied.length - 1; node >= 0; node--) {
            List<Integer> all = readers.get(node);
            multiplied[node] = !all.isEmpty() && all.stream().allMatch(reader -> product(reader) || multiplied[reader]);
        }
    }

    static boolean normalises(Layer layer) {
        return layer instanceof Layer.BatchNormalization
                || layer instanceof Layer.GroupNormalization
                || layer instanceof Layer.LayerNormalization
                || layer instanceof Layer.InstanceNormalization;
    }

    static boolean activates(Layer layer) {
        return layer instanceof Layer.Activation || layer instanceof Layer.LeakyRelu;
    }

    /**
     * The activations that a normalisation is a pair with: its only reader, or all of its readers if they are equal; none if it
     * has other readers, too, or its result is the network's.
     */
    List<Integer> activations(int normalisation) {
        List<Integer> all = readers.get(normalisation);
        if (all.isEmpty() || normalisation == nodes.size() - 1) {
            return List.of();
        }
        Layer first = nodes.get(all.getFirst()).layer();
        boolean equal =
                all.stream().allMatch(reader -> nodes.get(reader).layer().equals(first));
        return activates(first) && equal ? List.copyOf(all) : List.of();
    }

    /**
     * Whether an activation belongs to a gate, whose numbers are only multiplied to a map: a sigmoid in front of the product, and
     * what computes the gate of squeeze-excitation from a map's means (Hu, Shen, Sun, CVPR 2018).
     */
    boolean gates(int node) {
        boolean bounded = nodes.get(node).layer() instanceof Layer.Activation(Function function)
                && (function == Function.SIGMOID || function == Function.HARD_SIGMOID);
        boolean only =
                !readers.get(node).isEmpty() && readers.get(node).stream().allMatch(this::product);
        return bounded && only || pooled[node] && multiplied[node];
    }

    private boolean product(int node) {
        return nodes.get(node).layer() instanceof Layer.Multiply;
    }

    /** Whether a result comes from the means of maps and from nothing else. */
    private boolean means(int node) {
        List<Integer> inputs = nodes.get(node).inputs();
        return nodes.get(node).layer() instanceof Layer.GlobalPooling
                || !inputs.isEmpty() && inputs.stream().allMatch(input -> pooled[input]);
    }
}
