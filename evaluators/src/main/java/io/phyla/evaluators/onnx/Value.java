package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.view.View;

/** What a name in an ONNX graph stands for. */
sealed interface Value permits Value.Signal, Value.Unreadable, Constant {

    /**
     * Something computed from the network's input.
     *
     * @param view how its dimensions, the batch apart, lie in the map it is computed on
     * @param node who computes it, for messages and as the name of a layer that is made of it later
     * @param shared whether several read it, so that nobody may change the layer behind it
     */
    record Signal(Expression expression, View view, Origin node, boolean shared) implements Value {

        /** The same elements seen otherwise. */
        Signal as(View other) {
            return new Signal(expression, other, node, shared);
        }
    }

    /** The result of a node that could not be read: whoever uses it says nothing more. */
    record Unreadable() implements Value {}

    /** Who computes a value: how messages call it and how a layer made of it is to be called. */
    record Origin(String label, String layer) {}
}
