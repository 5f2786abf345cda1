package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.NativeBlock;
import io.phyla.evaluators.engine.Plan;
import java.lang.foreign.MemorySegment;

/**
 * Batch normalisation's statistics measured for the weights as they are: means and variances averaged over some batches of
 * training images without augmentation, always the same ones.
 */
final class Recalibration implements AutoCloseable {

    private final Plan plan;
    private final Dataset data;
    private final int batches;
    private final long seed;
    private final Noise noise;
    private final NativeBlock saved;

    Recalibration(Plan plan, Dataset data, int batches, long seed) {
        this.plan = plan;
        this.data = data;
        this.batches = batches;
        this.seed = seed;
        noise = new Noise(seed);
        saved = NativeBlock.take(plan.statisticsSegment().byteSize());
    }

    /** Does something while the plan has such statistics; those it had come back afterwards. */
    void around(Runnable use) {
        MemorySegment statistics = plan.statisticsSegment();
        saved.segment().copyFrom(statistics);
        try {
            measure();
            use.run();
        } finally {
            statistics.copyFrom(saved.segment());
        }
    }

    private void measure() {
        int size = plan.network().input().height();
        try (BatchStream images = BatchStream.training(data, plan.batch(), size, Augmentation.NONE, seed, 0)) {
            for (int i = 1; i <= batches; i++) {
                ImageBatch batch = Waiting.next(images).orElseThrow();
                plan.imagesSegment().copyFrom(batch.images());
                plan.noise(noise.recalibration(i));
                plan.forward(Mode.TRAINING);
                plan.track(1.0 / i);
            }
        }
    }

    @Override
    public void close() {
        saved.close();
    }
}
