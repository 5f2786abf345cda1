package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Moments;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.SplitMix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Takes images out of a data set and writes them as a network wants them. Its arrays are used again for every image. */
final class ImageWriter {

    private static final int BYTES = 256;

    private final Dataset data;
    private final Split split;
    private final int size;
    private final float[][] values;
    private final byte[] image;
    private final float[] scaled;
    private final float[] pixels;

    /** @param size height and width that the network takes; one that {@link Resolution#fits(int, int)} */
    ImageWriter(Dataset data, Split split, int size) {
        this.data = data;
        this.split = split;
        this.size = size;
        this.values = values(data.moments());
        this.image = new byte[data.channels() * data.size() * data.size()];
        this.scaled = new float[data.channels() * size * size];
        this.pixels = new float[data.channels() * size * size];
    }

    /** What each byte becomes, by channel: the same figures as {@code Batches} computes. */
    private static float[][] values(Moments moments) {
        float[][] values = new float[moments.mean().size()][BYTES];
        for (int channel = 0; channel < values.length; channel++) {
            float mean = moments.mean().get(channel).floatValue();
            float scale = (float) (1 / moments.deviation().get(channel));
            for (int value = 0; value < BYTES; value++) {
                values[channel][value] = (value - mean) * scale;
            }
        }
        return values;
    }

    /** Room for one image at the data set's resolution, C,H,W. */
    float[] planes() {
        return new float[image.length];
    }

    Change change(Augmentation augmentation) {
        return new Change(augmentation, data.size());
    }

    int images() {
        return data.count(split);
    }

    /** Reads a changed image as normalised planes, and returns its label. */
    int read(int index, Change change, float[] planes) {
        int label = data.read(split, index, image, 0);
        int area = data.size() * data.size();
        for (int channel = 0; channel < values.length; channel++) {
            change.apply(image, channel * area, values[channel], planes);
        }
        return label;
    }

    /** As {@link #read}, with the changes of a stream of random numbers. */
    int read(int index, Change change, SplitMix random, float[] planes) {
        change.draw(random);
        return read(index, change, planes);
    }

    /** Scales planes and writes them with the channels last. */
    void write(float[] planes, MemorySegment target) {
        float[] source = planes;
        int channels = values.length;
        if (size != data.size()) {
            Resolution.scale(planes, data.size(), scaled, size, channels);
            source = scaled;
        }
        int area = size * size;
        if (channels > 1) {
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0, at = channel; pixel < area; pixel++, at += channels) {
                    pixels[at] = source[channel * area + pixel];
                }
            }
            source = pixels;
        }
        MemorySegment.copy(source, 0, target, ValueLayout.JAVA_FLOAT, 0, channels * area);
    }
}
