package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.Targets;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A whole split through a network: mean cross-entropy against the plain labels, and the share named right. */
final class Validation {

    private final Dataset data;
    private final Split split;
    private final CrossEntropy loss;

    /**
     * How a network did.
     *
     * @param loss mean cross-entropy in nats
     * @param accuracy from 0 to 1
     */
    record Score(double loss, double accuracy) {}

    Validation(Dataset data, Split split) {
        this.data = data;
        this.split = split;
        loss = new CrossEntropy(data.classes(), 0);
    }

    Score run(Plan plan) {
        double losses = 0;
        double right = 0;
        long samples = 0;
        try (BatchStream batches = BatchStream.evaluation(
                data, split, plan.batch(), plan.network().input().height())) {
            for (Optional<ImageBatch> next = Waiting.next(batches); next.isPresent(); next = Waiting.next(batches)) {
                ImageBatch batch = next.get();
                plan.imagesSegment().copyFrom(batch.images());
                plan.forward(Mode.INFERENCE);
                loss.compute(plan.outputSegment(), Targets.of(batch), MemorySegment.NULL, MemorySegment.NULL);
                losses += loss.loss() * batch.count();
                right += loss.right();
                samples += batch.count();
            }
        }
        return new Score(losses / samples, right / samples);
    }
}
