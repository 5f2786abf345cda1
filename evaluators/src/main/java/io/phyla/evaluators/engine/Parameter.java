package io.phyla.evaluators.engine;

/**
 * A learned tensor of a network.
 *
 * @param index position in {@link Execution#parameters()}
 * @param node the node it belongs to
 * @param size number of elements
 * @param fanIn inputs that one output element sums over (O,I,K,K: I*K*K); 1 for scale and shift; for a bias that of its weights
 */
public record Parameter(int index, int node, Role role, int size, int fanIn) {

    /** What the tensor is to its layer. */
    public enum Role {
        /** Convolution O,I/groups,K,K or linear O,I. */
        WEIGHT,
        /** One per output channel or feature. */
        BIAS,
        /** Normalisation's factor, one per channel. */
        SCALE,
        /** Normalisation's summand, one per channel. */
        SHIFT
    }
}
