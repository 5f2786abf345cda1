package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.VectorOperators;

/** Between the order of the interface, N,C,H,W, and that of memory, N,H,W,C. */
final class Pixels {

    private Pixels() {}

    /** Pixel by pixel within a channel: reads in order, and the few lines written stay in the cache for the next channels. */
    static void write(float[] source, Tensor target) {
        checkLength(source.length, target);
        MemorySegment segment = target.segment();
        int channels = target.shape().channels();
        int area = area(target);
        for (int map = 0; map < source.length; map += area) {
            int to = place(map / area, channels, area);
            for (int pixel = 0; pixel < area; pixel++) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, to + (long) pixel * channels, source[map + pixel]);
            }
        }
    }

    static void write(double[] source, Tensor target) {
        checkLength(source.length, target);
        MemorySegment segment = target.segment();
        int channels = target.shape().channels();
        int area = area(target);
        for (int map = 0; map < source.length; map += area) {
            int to = place(map / area, channels, area);
            for (int pixel = 0; pixel < area; pixel++) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, to + (long) pixel * channels, (float) source[map + pixel]);
            }
        }
    }

    static double[] read(Tensor source) {
        double[] copy = new double[source.elements()];
        MemorySegment segment = source.segment();
        int channels = source.shape().channels();
        int area = area(source);
        for (int map = 0; map < copy.length; map += area) {
            int from = place(map / area, channels, area);
            for (int pixel = 0; pixel < area; pixel++) {
                copy[map + pixel] = segment.getAtIndex(ValueLayout.JAVA_FLOAT, from + (long) pixel * channels);
            }
        }
        return copy;
    }

    /** @param values in memory's order, as many as the tensor has */
    static double[] reorder(double[] values, Tensor tensor) {
        double[] copy = new double[values.length];
        int channels = tensor.shape().channels();
        int area = area(tensor);
        for (int map = 0; map < copy.length; map += area) {
            int from = place(map / area, channels, area);
            for (int pixel = 0; pixel < area; pixel++) {
                copy[map + pixel] = values[from + pixel * channels];
            }
        }
        return copy;
    }

    /** Where in memory the first pixel of a map lies; maps are counted channel by channel, sample by sample. */
    private static int place(int map, int channels, int area) {
        return map / channels * channels * area + map % channels;
    }

    private static int area(Tensor tensor) {
        return tensor.shape().height() * tensor.shape().width();
    }

    private static void checkLength(int length, Tensor tensor) {
        if (length != tensor.elements()) {
            throw new IllegalArgumentException("a batch of " + tensor.batch() + " times " + tensor.shape() + " has "
                    + tensor.elements() + " values, not " + length);
        }
    }

    /** N,C: sums over H,W of the products of two tensors of one shape, in double and in memory's order. */
    static double[] products(Tensor a, Tensor b) {
        int channels = a.shape().channels();
        int perSample = a.elements() / a.batch();
        double[] sums = new double[a.batch() * channels];
        for (int sample = 0; sample < a.batch(); sample++) {
            for (int pixel = 0; pixel < perSample; pixel += channels) {
                long at = (long) sample * perSample + pixel;
                for (int channel = 0; channel < channels; channel++) {
                    sums[sample * channels + channel] +=
                            (double) a.segment().getAtIndex(ValueLayout.JAVA_FLOAT, at + channel)
                                    * b.segment().getAtIndex(ValueLayout.JAVA_FLOAT, at + channel);
                }
            }
        }
        return sums;
    }

    /** Bits "greater than zero" of one sample, in memory's order, the lowest bit first. Returns the number of words. */
    static int signs(Tensor tensor, int sample, long[] words) {
        int elements = tensor.elements() / tensor.batch();
        int count = Math.ceilDiv(elements, Long.SIZE);
        long start = (long) sample * elements;
        MemorySegment segment = tensor.segment();
        for (int word = 0; word < count; word++) {
            int length = Math.min(Long.SIZE, elements - word * Long.SIZE);
            words[word] = length == Long.SIZE
                    ? wholeWord(segment, start + (long) word * Long.SIZE)
                    : partOfWord(segment, start + (long) word * Long.SIZE, length);
        }
        return count;
    }

    private static long wholeWord(MemorySegment segment, long from) {
        long bits = 0;
        for (int i = 0; i < Long.SIZE; i += Lanes.COUNT) {
            bits |= Lanes.load(segment, from + i).compare(VectorOperators.GT, 0).toLong() << i;
        }
        return bits;
    }

    private static long partOfWord(MemorySegment segment, long from, int length) {
        long bits = 0;
        for (int i = 0; i < length; i++) {
            if (segment.getAtIndex(ValueLayout.JAVA_FLOAT, from + i) > 0) {
                bits |= 1L << i;
            }
        }
        return bits;
    }
}
