package io.phyla.spaces.drawing;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.util.List;
import java.util.Set;

/**
 * A network in Graphviz' dot language: a node per layer, named and coloured by what it is, and the shape of what flows on every
 * edge. Or a layer program: a node per operation. {@code dot -Tsvg} draws it.
 */
public final class Graphviz {

    private Graphviz() {}

    /** The whole file; the same for the same network. */
    public static String of(Network network) {
        StringBuilder dot = begun("network", network.toString());
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

    /** The nodes that have a part in the output, numbered as in the program. */
    public static String of(LayerProgram program) {
        return of(program, Set.of());
    }

    /** @param highlighted numbers of nodes to be seen first, such as those that a mutation changed */
    public static String of(LayerProgram program, Set<Integer> highlighted) {
        ProgramBoxes drawn = ProgramBoxes.of(program);
        Set<Integer> marked = drawn.indices(highlighted);
        List<Box> boxes = drawn.boxes();
        StringBuilder dot = begun("layer", drawn.title());
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            dot.append("  n").append(i).append(" [label=").append(quoted(box.title()));
            dot.append(", tooltip=").append(quoted(drawn.told().get(i)));
            dot.append(", fillcolor=\"").append(box.kind().fill()).append("\", color=\"");
            dot.append(marked.contains(i) ? SvgDrawing.MARK + "\", penwidth=3];\n" : box.kind().stroke() + "\"];\n");
            for (int input : box.inputs()) {
                dot.append("  n").append(input).append(" -> n").append(i).append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static StringBuilder begun(String name, String label) {
        StringBuilder dot = new StringBuilder("digraph ").append(name).append(" {\n");
        dot.append("  label=").append(quoted(label)).append(";\n  labelloc=t;\n");
        dot.append("  bgcolor=transparent;\n  fontname=\"Helvetica\";\n  fontcolor=\"#7d8b85\";\n");
        dot.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11];\n");
        return dot.append(
                "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#7d8b85\", fontcolor=\"#7d8b85\"];\n");
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
