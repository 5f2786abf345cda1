package io.phyla.evaluators.data;

import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.SplitMix;

/** Images of a data set as networks take them: each channel normalised by the training split's mean and deviation. */
public final class Batches {

    private final Dataset data;
    private final float[] mean;
    private final float[] scale;

    public Batches(Dataset data) {
        this.data = data;
        Moments moments = data.moments();
        mean = new float[data.channels()];
        scale = new float[data.channels()];
        for (int channel = 0; channel < mean.length; channel++) {
            mean[channel] = moments.mean().get(channel).floatValue();
            scale[channel] = (float) (1 / moments.deviation().get(channel));
        }
    }

    /**
     * Draws without replacement.
     *
     * @throws InvalidDataException if the split has fewer images
     */
    public Batch draw(Split split, int count, long seed) {
        int all = data.count(split);
        if (count > all) {
            throw new InvalidDataException(
                    data.name() + " has " + all + " images in its split " + split + ", fewer than a batch of " + count);
        }
        SplitMix random = new SplitMix(seed);
        int[] order = new int[all];
        for (int i = 0; i < all; i++) {
            order[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(all - i);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return read(split, order, count);
    }

    /** The images of a split from one index on. */
    public Batch range(Split split, int from, int count) {
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = from + i;
        }
        return read(split, indices, count);
    }

    private Batch read(Split split, int[] indices, int count) {
        int pixels = data.size() * data.size();
        byte[] image = new byte[data.channels() * pixels];
        float[] images = new float[count * image.length];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = data.read(split, indices[i], image, 0);
            for (int at = 0; at < image.length; at++) {
                int channel = at / pixels;
                images[i * image.length + at] = (Byte.toUnsignedInt(image[at]) - mean[channel]) * scale[channel];
            }
        }
        return new Batch(images, labels, data.channels(), data.size());
    }
}
