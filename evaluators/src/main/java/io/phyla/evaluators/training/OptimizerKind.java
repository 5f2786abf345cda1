package io.phyla.evaluators.training;

/** Optimisers by name, with the values that stand in when a recipe names none. */
public enum OptimizerKind {
    /** The usual ones of image classification. */
    SGD(0.1, 0.9, 5e-4),
    /** PyTorch's, as those that follow. */
    ADAM(1e-3, 0, 0),
    ADAMW(1e-3, 0, 1e-2),
    RMSPROP(1e-2, 0, 0);

    private final double rate;
    private final double momentum;
    private final double decay;

    OptimizerKind(double rate, double momentum, double decay) {
        this.rate = rate;
        this.momentum = momentum;
        this.decay = decay;
    }

    double rate() {
        return rate;
    }

    double momentum() {
        return momentum;
    }

    double decay() {
        return decay;
    }
}
