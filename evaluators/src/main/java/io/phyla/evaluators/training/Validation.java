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

/** A split through a network: mean cross-entropy against the plain labels, and the share named right. */
public final class Validation {

    private final Dataset data;
    private final Split split;
    private final int most;
    private final CrossEntropy loss;

    /**
     * How a network did.
     *
     * @param loss mean cross-entropy in nats
     * @param accuracy from 0 to 1
     */
    public record Score(double loss, double accuracy) {}

    Validation(Dataset data, Split split) {
        this(data, split, Integer.MAX_VALUE);
    }

    /** @param most images that are looked at, rounded up to whole batches */
    Validation(Dataset data, Split split, int most) {
        this.data = data;
        this.split = split;
        this.most = most;
        loss = new CrossEntropy(data.classes(), 0);
    }

    Score run(Plan plan) {
        double losses = 0;
        double right = 0;
        long samples = 0;
        try (BatchStream batches = BatchStream.evaluation(
                data, split, plan.batch(), plan.network().input().height())) {
            while (samples < most) {
                Optional<ImageBatch> next = Waiting.next(batches);
                if (next.isEmpty()) {
                    break;
                }
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
