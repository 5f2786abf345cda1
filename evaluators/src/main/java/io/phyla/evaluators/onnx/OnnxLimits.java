package io.phyla.evaluators.onnx;

/**
 * What a model may make the reader hold, checked before memory is taken.
 *
 * @param bytes of the file; three times as much may be held while it is taken apart
 * @param nodes of the graph
 * @param parameters numbers of all layers together
 * @param activations elements of all layers' outputs for one sample
 * @param constants elements of all constants that are decoded or computed on the way
 */
public record OnnxLimits(long bytes, int nodes, long parameters, long activations, long constants) {

    public static final OnnxLimits DEFAULT = new OnnxLimits(256L << 20, 10_000, 50_000_000, 1L << 28, 100_000_000);

    public OnnxLimits {
        if (bytes < 1 || bytes > Integer.MAX_VALUE / 2 || nodes < 1 || parameters < 0 || activations < 1 || constants < 0) {
            throw new IllegalArgumentException("limits must be positive and a file's below 1 GiB");
        }
    }
}
