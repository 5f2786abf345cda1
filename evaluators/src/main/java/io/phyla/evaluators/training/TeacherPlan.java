package io.phyla.evaluators.training;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Plan;
import java.lang.foreign.MemorySegment;

/** A teacher compiled for a student's batch. */
final class TeacherPlan implements AutoCloseable {

    private final Plan plan;

    /** @throws MemoryLimitException before anything is allocated, if it would take more */
    TeacherPlan(Teacher teacher, int batch, long maxBytes) {
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
     */
    MemorySegment logits(MemorySegment images) {
        plan.imagesSegment().copyFrom(images);
        plan.forward(Mode.INFERENCE);
        return plan.outputSegment();
    }

    @Override
    public void close() {
        plan.close();
    }
}
