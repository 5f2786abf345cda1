package io.phyla.evaluators.training.optimizer;

import java.lang.foreign.MemorySegment;

/**
 * How an optimiser changes parameters: the update rules of PyTorch's {@code torch.optim}, with its names and defaults. A rule
 * knows its constants only; the vectors it works on, also those it remembers, are handed in.
 */
public sealed interface Rule permits Sgd, Adam, RmsProp {

    /** How many vectors it remembers between steps. */
    int memories();

    /**
     * Changes one stretch in a single pass.
     *
     * @param decay of the weights in this stretch
     */
    void update(Vectors vectors, long from, long to, Step step, double decay);

    /**
     * The vectors of a plan and those a rule remembers, all of the same layout.
     *
     * @param first what the rule remembers, empty if it has no use for it
     * @param second likewise
     */
    record Vectors(MemorySegment values, MemorySegment gradients, MemorySegment first, MemorySegment second) {}

    /**
     * What differs from step to step.
     *
     * @param number from 1, this one counted
     * @param factor on all gradients, from clipping
     */
    record Step(long number, double rate, float factor) {}
}
