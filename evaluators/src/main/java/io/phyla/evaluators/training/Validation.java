package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.Targets;
import java.lang.foreign.MemorySegment;

/** A whole split through a network: mean cross-entropy against the plain labels, and the share named right. */
final class Validation {

    private final Dataset data;
    private final Split split;
    private final ImageWriter writer;
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
        writer = new ImageWriter(data);
        loss = new CrossEntropy(data.classes(), 0);
    }

    Score run(Plan plan) {
        int count = data.count(split);
        double losses = 0;
        double right = 0;
        for (int from = 0; from < count; from += plan.batch()) {
            int[] labels = new int[Math.min(plan.batch(), count - from)];
            MemorySegment images = plan.imagesSegment();
            for (int slot = 0; slot < labels.length; slot++) {
                labels[slot] = writer.write(split, from + slot, images, slot);
            }
            plan.forward(Mode.INFERENCE);
            loss.compute(plan.outputSegment(), Targets.of(labels), MemorySegment.NULL, MemorySegment.NULL);
            losses += loss.loss() * labels.length;
            right += loss.right();
        }
        return new Score(losses / count, right / count);
    }
}
