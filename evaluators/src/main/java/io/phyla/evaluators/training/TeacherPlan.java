package io.phyla.evaluators.training;

import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Plan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A teacher compiled for a student's batch. */
final class TeacherPlan implements AutoCloseable {

    private final Plan plan;
    private final String weights;

    /** @throws MemoryLimitException before anything is allocated, if it would take more */
    TeacherPlan(Teacher teacher, int batch, long maxBytes) {
        weights = teacher.weights();
        try {
            plan = Plan.compileForInference(teacher.network(), batch, maxBytes);
        } catch (MemoryLimitException e) {
            throw e.under("the teacher does not fit");
        }
        try {
            teacher.load(plan);
        } catch (RuntimeException | Error e) {
            plan.close();
            throw e;
        }
    }

    long bytes() {
        return plan.bytes();
    }

    /**
     * What it says to a batch.
     *
     * @param images N,H,W,C
     * @return logits, N,H,W,C; until the next call
     * @throws InvalidDataException if they are not all finite, which finite weights do not exclude: a variance may be negative,
     *     a product too large
     */
    MemorySegment logits(MemorySegment images) {
        plan.imagesSegment().copyFrom(images);
        plan.forward(Mode.INFERENCE);
        MemorySegment logits = plan.outputSegment();
        long count = logits.byteSize() / Float.BYTES;
        for (long i = 0; i < count; i++) {
            float logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (!Float.isFinite(logit)) {
                throw new InvalidDataException("the teacher's output is " + logit + " with the weights '" + weights
                        + "'; it has to say something about every image");
            }
        }
        return logits;
    }

    @Override
    public void close() {
        plan.close();
    }
}
