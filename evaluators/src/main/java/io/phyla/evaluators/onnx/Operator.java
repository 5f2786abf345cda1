package io.phyla.evaluators.onnx;

/** How nodes of one operator are read. */
interface Operator {

    /** @throws Refusal naming the attribute or input that cannot be read */
    Value read(Operation operation) throws Refusal;
}
