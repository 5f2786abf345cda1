package io.phyla.evaluators.data;

import io.phyla.evaluators.data.Dataset.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * What images are normalised by: each channel's mean and standard deviation over all pixels of the training split, bytes
 * counted from 0 to 255.
 */
public record Moments(List<Double> mean, List<Double> deviation) {

    public Moments {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** Reads the whole training split. A channel without any variation counts as one with deviation 1. */
    static Moments of(Dataset data) {
        int pixels = data.size() * data.size();
        long[] sum = new long[data.channels()];
        long[] squares = new long[data.channels()];
        byte[] image = new byte[data.channels() * pixels];
        int count = data.count(Split.TRAIN);
        for (int i = 0; i < count; i++) {
            data.read(Split.TRAIN, i, image, 0);
            for (int channel = 0; channel < sum.length; channel++) {
                for (int at = channel * pixels; at < (channel + 1) * pixels; at++) {
                    int value = Byte.toUnsignedInt(image[at]);
                    sum[channel] += value;
                    squares[channel] += (long) value * value;
                }
            }
        }
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int channel = 0; channel < sum.length; channel++) {
            double all = (double) count * pixels;
            double average = sum[channel] / all;
            mean.add(average);
            deviation.add(Math.sqrt(Math.max(squares[channel] / all - average * average, 1)));
        }
        return new Moments(mean, deviation);
    }
}
