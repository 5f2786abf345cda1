package io.phyla.spaces.nb201;

import java.util.Arrays;
import java.util.List;

/** What can stand on an edge of the cell, in the benchmark's order. */
public enum Operation {
    NONE("none"),
    SKIP_CONNECT("skip_connect"),
    NOR_CONV_1X1("nor_conv_1x1"),
    NOR_CONV_3X3("nor_conv_3x3"),
    AVG_POOL_3X3("avg_pool_3x3");

    private static final List<Operation> ALL = List.of(values());

    private final String published;

    Operation(String published) {
        this.published = published;
    }

    /** The name in published architecture strings. */
    public String published() {
        return published;
    }

    static Operation of(int option) {
        return ALL.get(option);
    }

    static List<String> names() {
        return ALL.stream().map(Operation::published).toList();
    }

    static Operation parse(String name) {
        return ALL.stream()
                .filter(operation -> operation.published.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no operation; the operations are "
                        + String.join(
                                ", ",
                                Arrays.stream(values())
                                        .map(Operation::published)
                                        .toList())));
    }
}
