package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;

/** How the backward run of a layer without parameters is computed. */
sealed interface UnaryGradient {

    /** By oneDNN. */
    record Native(Primitive primitive) implements UnaryGradient {}

    /** By loops of our own, where oneDNN has none that are fast. */
    record Own(Loops loops) implements UnaryGradient {}

    /** The loops themselves; immutable, for several plans may run them at once. */
    @FunctionalInterface
    interface Loops {

        /** @param y the output of the forward run, to be read only if the kernels say that the gradient reads it */
        void run(MemorySegment y, MemorySegment dy, MemorySegment dx);
    }
}
