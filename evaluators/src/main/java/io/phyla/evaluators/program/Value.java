package io.phyla.evaluators.program;

import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a lowered program, forward or backward. Values of one {@link Graph} that are made alike are one object.
 *
 * @param id its place in the graph, after all it is made of
 * @param number which parameter or moving average, or the constant's own value
 * @param moment which moment, of moments alone
 * @param axes what a moment or a sum of channels is taken over
 */
record Value(
        int id,
        Op op,
        List<Value> inputs,
        double number,
        @Nullable Moment moment,
        @Nullable Axes axes,
        Extent extent) {

    /** How many numbers it has, from few to many. */
    enum Extent {
        /** One per channel, the same for all samples. */
        BATCH,
        /** One per sample and channel. */
        SAMPLE,
        /** One per element. */
        FULL
    }

    boolean full() {
        return extent == Extent.FULL;
    }

    Value first() {
        return inputs.getFirst();
    }

    boolean is(Op wanted) {
        return op == wanted;
    }

    /** Its place says all; what it is made of would be compared again and again. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op + inputs.stream().map(it -> "%" + it.id).toList() + " " + extent;
    }
}
