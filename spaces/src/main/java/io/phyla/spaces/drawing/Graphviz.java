package io.phyla.spaces.drawing;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;

/**
 * A network in Graphviz' dot language: a node per layer, named and coloured by what it is, and the shape of what flows on every
 * edge. {@code dot -Tsvg} draws it.
 */
public final class Graphviz {

    private Graphviz() {}

    /** The whole file; the same for the same network. */
    public static String of(Network network) {
        StringBuilder dot = new StringBuilder("digraph network {\n");
        dot.append("  label=").append(quoted(network.toString())).append(";\n  labelloc=t;\n");
        dot.append("  bgcolor=transparent;\n  fontname=\"Helvetica\";\n  fontcolor=\"#7d8b85\";\n");
        dot.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11];\n");
        dot.append("  edge [fontname=\"Helvetica\", fontsize=9, color=\"#7d8b85\", fontcolor=\"#7d8b85\"];\n");
        for (int i = 0; i < network.nodes().size(); i++) {
            Network.Node node = network.nodes().get(i);
            LayerKind kind = LayerKind.of(node.layer());
            dot.append("  n").append(i).append(" [label=").append(quoted(LayerLabel.of(network, i)));
            dot.append(", tooltip=")
                    .append(quoted(told(network, i)))
                    .append(", fillcolor=\"")
                    .append(kind.fill());
            dot.append("\", color=\"").append(kind.stroke()).append("\"];\n");
            for (int input : node.inputs()) {
                dot.append("  n").append(input).append(" -> n").append(i).append(" [label=");
                dot.append(quoted(network.shapes().get(input).toString())).append("];\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static String told(Network network, int node) {
        long params = NetworkCost.params(network, node);
        return network.nodes().get(node).name() + ": " + network.shapes().get(node)
                + (params == 0 ? "" : ", " + params + " parameters");
    }

    /** A backslash would begin one of dot's own escapes. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(each -> {
            if (each == '\\' || each == '"') {
                quoted.append('\\');
            }
            quoted.appendCodePoint(each < ' ' ? ' ' : each);
        });
        return quoted.append('"').toString();
    }
}
