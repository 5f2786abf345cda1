package io.phyla.spaces.nb201;

import io.phyla.spaces.Genome;

/**
 * The published form of a cell, {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}: one group per node, in it one
 * {@code operation~source} per edge.
 */
public final class CellString {

    /** Source node of each edge, in the string's order. */
    static final int[] SOURCE = {0, 0, 1, 0, 1, 2};

    /** Target node of each edge, in the string's order. */
    static final int[] TARGET = {1, 2, 2, 3, 3, 3};

    private static final int NODES = 3;

    private CellString() {}

    public static String format(Genome genome) {
        StringBuilder text = new StringBuilder();
        for (int edge = 0; edge < SOURCE.length; edge++) {
            if (SOURCE[edge] == 0) {
                text.append(edge == 0 ? "|" : "+|");
            }
            text.append(Operation.of(genome.option(edge)).published())
                    .append('~')
                    .append(SOURCE[edge])
                    .append('|');
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException saying which part is not of the published form */
    public static Genome parse(String text) {
        String[] groups = text.strip().split("\\+", -1);
        if (groups.length != NODES) {
            throw new IllegalArgumentException(
                    "a cell has 3 groups joined by '+', not " + groups.length + ": '" + text + "'");
        }
        int[] options = new int[SOURCE.length];
        int edge = 0;
        for (int node = 0; node < NODES; node++) {
            String group = groups[node];
            if (!group.startsWith("|") || !group.endsWith("|") || group.length() < 2) {
                throw new IllegalArgumentException(
                        "group " + (node + 1) + " must start and end with '|': '" + group + "'");
            }
            String[] parts = group.substring(1, group.length() - 1).split("\\|", -1);
            if (parts.length != node + 1) {
                throw new IllegalArgumentException(
                        "group " + (node + 1) + " must have " + (node + 1) + " edges, not " + parts.length);
            }
            for (String part : parts) {
                options[edge] = option(part, SOURCE[edge]);
                edge++;
            }
        }
        return Genome.of(options);
    }

    private static int option(String part, int source) {
        int tilde = part.lastIndexOf('~');
        if (tilde < 0 || !part.substring(tilde + 1).equals(Integer.toString(source))) {
            throw new IllegalArgumentException("'" + part + "' should end with '~" + source + "'");
        }
        return Operation.parse(part.substring(0, tilde)).ordinal();
    }
}
