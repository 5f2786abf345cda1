package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;

/**
 * One node of a compiled network. Its constructor reserves the memory of the forward run, {@link #differentiate} that of the
 * backward run, {@link #bind} ties kernels to memory; after that it only runs.
 */
interface Step {

    /** Reserves for the backward run. Called in the order of that run, and only if a gradient arrives at the node. */
    void differentiate(Tensor gradient, Compilation compilation);

    void bind(Bindings bindings);

    void forward(Mode mode);

    /** Runs only if {@link #differentiate} was called. */
    void backward(Mode mode, Wanted wanted);

    /**
     * Lets the batch statistics of the last forward run in TRAINING enter the moving ones.
     *
     * @param share weight of the batch; NaN for each layer's own momentum
     */
    default void track(double share) {}

    /** Copies the variances of the last forward run's batch, one per channel. */
    default double[] variance() {
        throw new IllegalArgumentException("only batch normalisation has variances");
    }

    /** Which gradients a backward run is for; those between nodes are computed in any case. */
    record Wanted(boolean parameters, boolean images) {}
}
