package io.phyla.spaces.program;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A network's nodes while some are replaced and some are passed by. */
final class Rewriting {

    /** Last parts of names that say which function an activation is. */
    private static final Set<String> FUNCTIONS = functions();

    private final List<Network.Node> nodes;
    private final int[] instead;

    Rewriting(Network network) {
        nodes = new ArrayList<>(network.nodes());
        instead = new int[nodes.size()];
        for (int i = 0; i < instead.length; i++) {
            instead[i] = i;
        }
    }

    void replace(int node, Layer layer) {
        Network.Node old = nodes.get(node);
        nodes.set(node, new Network.Node(old.name(), layer, old.inputs()));
    }

    /** A last part of the name that says which function it was says what it is now, where nothing else is called so. */
    void rename(int node, String part) {
        Network.Node old = nodes.get(node);
        int dot = old.name().lastIndexOf('.');
        String name = old.name().substring(0, dot + 1) + part;
        boolean said = FUNCTIONS.contains(old.name().substring(dot + 1));
        if (said && nodes.stream().noneMatch(other -> other.name().equals(name))) {
            nodes.set(node, new Network.Node(name, old.layer(), old.inputs()));
        }
    }

    /** The node is left out; whoever read it reads the other one. */
    void skip(int node, int other) {
        instead[node] = other;
    }

    /** What lies behind a result that became the network's by leaving out the last layer cannot lead to it, and goes. */
    Network done() {
        int[] moved = new int[nodes.size()];
        List<Network.Node> kept = new ArrayList<>();
        for (int i = 0; i <= instead[instead.length - 1]; i++) {
            if (instead[i] == i) {
                moved[i] = kept.size();
                Network.Node node = nodes.get(i);
                List<Integer> inputs = node.inputs().stream()
                        .map(input -> moved[instead[input]])
                        .toList();
                kept.add(new Network.Node(node.name(), node.layer(), inputs));
            }
        }
        return Network.of(kept);
    }

    private static Set<String> functions() {
        Set<String> names = new HashSet<>(Set.of("leaky_relu"));
        for (Layer.Activation.Function function : Layer.Activation.Function.values()) {
            names.add(function.name().toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(names);
    }
}
