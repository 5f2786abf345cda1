package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Between the order of the interface, N,C,H,W, and that of memory, N,H,W,C. */
final class Pixels {

    private static final VectorSpecies<Float> SPECIES = Instructions.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Pixels() {}

    /** Where an element of the interface's order lies in memory. */
    @FunctionalInterface
    private interface Visitor {
        void visit(int logical, int stored);
    }

    static void write(float[] source, Tensor target) {
        checkLength(source.length, target);
        MemorySegment segment = target.segment();
        each(target, (logical, stored) -> segment.setAtIndex(ValueLayout.JAVA_FLOAT, stored, source[logical]));
    }

    static void write(double[] source, Tensor target) {
        checkLength(source.length, target);
        MemorySegment segment = target.segment();
        each(target, (logical, stored) -> segment.setAtIndex(ValueLayout.JAVA_FLOAT, stored, (float) source[logical]));
    }

    static double[] read(Tensor source) {
        double[] copy = new double[source.elements()];
        MemorySegment segment = source.segment();
        each(source, (logical, stored) -> copy[logical] = segment.getAtIndex(ValueLayout.JAVA_FLOAT, stored));
        return copy;
    }

    /** @param values in memory's order, as many as the tensor has */
    static double[] reorder(double[] values, Tensor tensor) {
        double[] copy = new double[values.length];
        each(tensor, (logical, stored) -> copy[logical] = values[stored]);
        return copy;
    }

    private static void each(Tensor tensor, Visitor visitor) {
        Shape shape = tensor.shape();
        int area = shape.height() * shape.width();
        int channels = shape.channels();
        for (int sample = 0; sample < tensor.batch(); sample++) {
            int start = sample * channels * area;
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0; pixel < area; pixel++) {
                    visitor.visit(start + channel * area + pixel, start + pixel * channels + channel);
                }
            }
        }
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
        for (int i = 0; i < Long.SIZE; i += SPECIES.length()) {
            bits |= FloatVector.fromMemorySegment(SPECIES, segment, (from + i) * Float.BYTES, ORDER)
                            .compare(VectorOperators.GT, 0)
                            .toLong()
                    << i;
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
