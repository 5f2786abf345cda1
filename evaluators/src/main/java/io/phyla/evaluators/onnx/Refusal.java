package io.phyla.evaluators.onnx;

import org.jspecify.annotations.Nullable;

/** Why a node cannot be read; the reader goes on with the next one to find all reasons. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String node;

    Refusal(String detail) {
        this(null, detail);
    }

    /** @param node whose fault it is, if not that of the node being read */
    Refusal(@Nullable String node, String detail) {
        super(detail, null, false, false);
        this.node = node;
    }

    Fault fault(String otherwise) {
        return new Fault(node == null ? otherwise : node, String.valueOf(getMessage()));
    }
}
