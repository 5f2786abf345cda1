package io.phyla.evaluators.engine;

import java.util.ArrayList;
import java.util.List;

/** Rows of gradients in native memory of the layout of a plan's own. */
final class GradientCopies implements GradientRows {

    private final TensorVector gradients;
    private final Runnable check;
    private final List<TensorVector> rows;

    /**
     * @param natives frees the memory in the end
     * @param check called before the memory is touched
     */
    GradientCopies(TensorVector gradients, List<Parameter> parameters, int count, Natives natives, Runnable check) {
        this.gradients = gradients;
        this.check = check;
        this.rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new TensorVector(parameters, natives));
        }
    }

    /**
     * What is left of the bytes that a plan may still take.
     *
     * @throws MemoryLimitException if that is less than nothing
     */
    static long reserve(Plan plan, int count, long spare) {
        long bytes = count * TensorVector.bytes(plan.parameters());
        if (bytes <= spare) {
            return spare - bytes;
        }
        Parameter largest = plan.parameters().getFirst();
        for (Parameter parameter : plan.parameters()) {
            largest = parameter.size() > largest.size() ? parameter : largest;
        }
        throw new MemoryLimitException(
                plan.network().nodes().get(largest.node()).name(),
                (long) count * largest.size() * Float.BYTES,
                plan.bytes() + bytes,
                plan.bytes() + spare,
                plan.batch());
    }

    @Override
    public void keep(int row) {
        check.run();
        rows.get(row).memory().segment().copyFrom(gradients.memory().segment());
    }

    @Override
    public ParameterNumbers row(int row) {
        return rows.get(row).numbers(check);
    }
}
