package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.evaluators.training.loss.Targets;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The training images of each step: all of them in another order in each epoch, a function of seed and step. */
final class EpochImages {

    private final ImageWriter writer;
    private final int batch;
    private final long seed;
    private final int[] order;
    private final Targets targets;
    private long epoch = -1;

    EpochImages(Dataset data, int batch, long seed) {
        this.writer = new ImageWriter(data);
        this.batch = batch;
        this.seed = seed;
        order = new int[data.count(Split.TRAIN)];
        targets = Targets.of(new int[batch]);
    }

    long stepsPerEpoch() {
        return order.length / batch;
    }

    /** @param step from 0 */
    Targets write(long step, MemorySegment images) {
        if (step / stepsPerEpoch() != epoch) {
            epoch = step / stepsPerEpoch();
            shuffle();
        }
        int from = (int) (step % stepsPerEpoch()) * batch;
        for (int slot = 0; slot < batch; slot++) {
            targets.labels()[slot] = writer.write(Split.TRAIN, order[from + slot], images, slot);
        }
        return targets;
    }

    private void shuffle() {
        SplitMix random = new SplitMix(new SplitMix(seed + epoch).nextLong());
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
