package io.phyla.evaluators.onnx;

/**
 * One thing that keeps a model from being read.
 *
 * @param node the ONNX node's name, or its number and operator if it has none; {@code model} or {@code graph} for what
 *     belongs to no node
 */
public record Fault(String node, String detail) {
    @Override
    public String toString() {
        return node + ": " + detail;
    }
}
