package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.util.List;

/**
 * One node of a compiled network. Its constructor reserves the memory of the forward run, {@link #differentiate} that of the
 * backward run, {@link #bind} ties kernels to memory; after that it only runs.
 */
interface Step {

    /** Whether it takes the gradients that arrive at the node one by one instead of their sum. */
    default boolean gathers() {
        return false;
    }

    /** Reserves for the backward run. Called in the order of that run, and only if a gradient arrives at the node. */
    default void differentiate(Tensor gradient, Compilation compilation) {
        throw new IllegalStateException(this + " gathers gradients");
    }

    /** The same for a step that {@link #gathers()}. */
    default void differentiate(List<Tensor> gradients, Compilation compilation) {
        throw new IllegalStateException(this + " takes the sum of gradients");
    }

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

    /** The seed of whatever the next forward runs in TRAINING draw. */
    default void noise(long seed) {}

    /** Which gradients a backward run is for; those between nodes are computed in any case. */
    record Wanted(boolean parameters, boolean images) {}
}
