package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.SplitMix;
import java.util.function.BooleanSupplier;

/**
 * Endless shuffled epochs cut into batches of equal size; a batch may begin in one epoch and end in the next, so that every
 * image comes once in each. What happens to an image depends on seed, epoch and image alone.
 */
final class TrainingBatches implements BatchSource {

    private final ImageWriter writer;
    private final Augmentation augmentation;
    private final EpochOrder order;
    private final long seed;
    private final Change change;
    private final float[] planes;
    private final float[] others;
    private final SplitMix random = new SplitMix(0);

    TrainingBatches(Dataset data, int size, Augmentation augmentation, long seed) {
        this.writer = new ImageWriter(data, Split.TRAIN, size);
        this.augmentation = augmentation;
        this.order = new EpochOrder(writer.images(), seed);
        this.seed = seed;
        this.change = writer.change(augmentation);
        this.planes = writer.planes();
        this.others = writer.planes();
    }

    @Override
    public boolean fill(long number, ImageBatch batch, BooleanSupplier wanted) {
        batch.begin(number);
        long first = number * batch.size();
        for (int i = 0; i < batch.size(); i++) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            int image = order.image(first + i);
            Seeds.image(random, seed, order.epoch(first + i), image);
            int label = writer.read(image, change, random, planes);
            if (augmentation.mixup() > 0) {
                mix(label, batch);
            } else {
                batch.add(label, label, 1);
            }
            writer.write(planes, batch.image(i));
        }
        return true;
    }

    private void mix(int label, ImageBatch batch) {
        float weight = (float) Beta.draw(augmentation.mixup(), random);
        int second = writer.read(random.nextInt(writer.images()), change, random, others);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = weight * planes[i] + (1 - weight) * others[i];
        }
        batch.add(label, second, weight);
    }
}
