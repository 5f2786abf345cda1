package io.phyla.evaluators.source;

import io.phyla.evaluators.export.Outline;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The statements of a network's forward function. A value that only the next statement reads is called {@code x}; one that is
 * read later or more than once is called as its layer.
 */
final class Forward {

    private static final String INPUT = "images";
    private static final String PASSING = "x";

    private final Network network;
    private final Outline outline;
    private final Modules modules;
    private final String[] identifiers;
    private final String[] variables;

    Forward(Network network, Outline outline, Modules modules) {
        this.network = network;
        this.outline = outline;
        this.modules = modules;
        List<Node> nodes = network.nodes();
        identifiers = new String[nodes.size()];
        variables = new String[nodes.size()];
        PythonNames names = new PythonNames();
        int next = nodes.size();
        for (int node = nodes.size() - 1; node >= 0; node--) {
            boolean passing = next == nodes.size()
                    || outline.uses(node) == 1 && nodes.get(next).inputs().contains(node);
            if (outline.live(node)) {
                next = node;
            }
            variables[node] = passing ? PASSING : "";
        }
        for (int node = 0; node < nodes.size(); node++) {
            identifiers[node] = names.identifier(nodes.get(node).name());
            if (variables[node].isEmpty()) {
                variables[node] = identifiers[node];
            }
        }
        variables[0] = INPUT;
    }

    /** What a layer's module is called. */
    String identifier(int node) {
        return identifiers[node];
    }

    /** Functions and classes of ours that are called. */
    Set<Helper> helpers() {
        Set<Helper> helpers = EnumSet.noneOf(Helper.class);
        for (int node = 1; node < identifiers.length; node++) {
            modules.helper(node).ifPresent(helpers::add);
            if (outline.live(node)) {
                Expressions.helper(network.nodes().get(node).layer()).ifPresent(helpers::add);
            }
        }
        return helpers;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int last = identifiers.length - 1;
        for (int node = 1; node <= last; node++) {
            if (outline.live(node)) {
                text.append("        %s = %s\n".formatted(variables[node], expression(node)));
            }
        }
        String result = outline.vectorOutput() ? vector(last) : variables[last];
        return text.append("        return %s\n".formatted(result)).toString();
    }

    private String expression(int node) {
        Node it = network.nodes().get(node);
        boolean vectors = outline.vector(node);
        List<String> inputs = it.inputs().stream()
                .map(input -> vectors ? vector(input) : map(input))
                .toList();
        if (it.layer() instanceof Layer.Flatten) {
            return Expressions.of(it.layer(), List.of(variables[it.inputs().getFirst()]));
        }
        return modules.of(node).isPresent()
                ? "self." + identifiers[node] + "(" + inputs.getFirst() + ")"
                : Expressions.of(it.layer(), inputs);
    }

    private String vector(int node) {
        return outline.vector(node) ? variables[node] : "torch.flatten(" + variables[node] + ", 1)";
    }

    private String map(int node) {
        return outline.vector(node) ? variables[node] + "[:, :, None, None]" : variables[node];
    }
}
