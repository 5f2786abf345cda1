package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Moments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes images as a plan takes them, N,H,W,C, each channel normalised by the training split's moments. */
final class ImageWriter {

    private final Dataset data;
    private final byte[] image;
    private final float[][] levels;

    ImageWriter(Dataset data) {
        this.data = data;
        image = new byte[data.channels() * data.size() * data.size()];
        levels = new float[data.channels()][256];
        Moments moments = data.moments();
        for (int channel = 0; channel < levels.length; channel++) {
            for (int level = 0; level < levels[channel].length; level++) {
                levels[channel][level] = (float) ((level - moments.mean().get(channel))
                        / moments.deviation().get(channel));
            }
        }
    }

    /** Writes one image and returns its label. */
    int write(Split split, int index, MemorySegment images, int slot) {
        int label = data.read(split, index, image, 0);
        int channels = levels.length;
        int area = image.length / channels;
        long start = (long) slot * image.length;
        for (int channel = 0; channel < channels; channel++) {
            float[] values = levels[channel];
            for (int pixel = 0; pixel < area; pixel++) {
                images.setAtIndex(
                        ValueLayout.JAVA_FLOAT,
                        start + (long) pixel * channels + channel,
                        values[Byte.toUnsignedInt(image[channel * area + pixel])]);
            }
        }
        return label;
    }
}
