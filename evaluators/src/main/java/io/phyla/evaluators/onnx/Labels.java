package io.phyla.evaluators.onnx;

import java.util.Locale;
import onnx.Onnx.NodeProto;

/** Names that others gave, as they may be shown and as layers may bear them. */
final class Labels {

    private static final int LONGEST = 120;

    private Labels() {}

    /** A node by its name, or by its number and operator. */
    static String node(NodeProto node, int number) {
        return node.getName().isEmpty()
                ? "node " + number + " (" + shown(node.getOpType()) + ")"
                : shown(node.getName());
    }

    /** On one line and not endless. */
    static String shown(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    /** What a layer is called: by its weights, else by its node, else by its operator and number. */
    static String layer(NodeProto node, int number, String weights) {
        String given = weights.endsWith(".weight")
                ? weights.substring(0, weights.length() - ".weight".length())
                : node.getName();
        String clean = clean(given);
        return clean.isEmpty() ? clean(node.getOpType()).toLowerCase(Locale.ROOT) + "_" + number : clean;
    }

    /** Letters, digits, dots, dashes and underscores are left; slashes become dots. */
    static String clean(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return cut.replaceAll("[^A-Za-z0-9_./-]+", "_")
                .replaceAll("[./]+", ".")
                .replaceAll("^[._]+|[._]+$", "");
    }
}
