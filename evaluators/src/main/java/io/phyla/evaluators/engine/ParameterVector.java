package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * All parameters in one vector, their gradients in another of the same order. Each tensor starts on a cache line; the gaps
 * are zero in both vectors, so that optimisers may treat them as one.
 */
final class ParameterVector {

    private final long[] offsets;
    private final int[] sizes;
    private final long[] exponents;
    private final Memory values;
    private final Memory gradients;

    /** @param natives frees the vectors in the end */
    ParameterVector(List<Parameter> parameters, Natives natives) {
        offsets = new long[parameters.size()];
        sizes = parameters.stream().mapToInt(Parameter::size).toArray();
        exponents = new long[sizes.length];
        long end = 0;
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = end;
            end += MemoryLayout.align((long) sizes[i] * Float.BYTES);
        }
        long bytes = bytesOfOne(parameters);
        values = MemoryPool.SHARED.take(bytes);
        natives.alsoFree(values::close);
        gradients = MemoryPool.SHARED.take(bytes);
        natives.alsoFree(gradients::close);
        values.segment().fill((byte) 0);
        gradients.segment().fill((byte) 0);
    }

    /** Bytes of both vectors together. */
    static long bytes(List<Parameter> parameters) {
        return 2 * bytesOfOne(parameters);
    }

    /** A network without parameters still has vectors to hand to an optimiser. */
    static long bytesOfOne(List<Parameter> parameters) {
        return Math.max(
                MemoryLayout.ALIGNMENT,
                parameters.stream()
                        .mapToLong(p -> MemoryLayout.align((long) p.size() * Float.BYTES))
                        .sum());
    }

    Memory values() {
        return values;
    }

    Memory gradients() {
        return gradients;
    }

    long offset(Parameter parameter) {
        return offsets[parameter.index()];
    }

    /** The power of two that a gradient stands for in FLOW. */
    long exponent(Parameter parameter) {
        return exponents[parameter.index()];
    }

    void exponent(Parameter parameter, long power) {
        exponents[parameter.index()] = power;
    }

    MemorySegment segment(Memory vector, Parameter parameter) {
        return vector.segment().asSlice(offset(parameter), (long) sizes[parameter.index()] * Float.BYTES);
    }

    void load(Parameter parameter, double[] source) {
        if (source.length != parameter.size()) {
            throw new IllegalArgumentException(
                    "the parameter has " + parameter.size() + " values, not " + source.length);
        }
        MemorySegment target = segment(values, parameter);
        for (int i = 0; i < source.length; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) source[i]);
        }
    }

    /** Value times gradient, summed in double in a fixed order, four partial sums wide. */
    double saliency(Parameter parameter) {
        MemorySegment value = segment(values, parameter);
        MemorySegment gradient = segment(gradients, parameter);
        double[] sums = new double[4];
        for (int i = 0; i < parameter.size(); i++) {
            sums[i & 3] += (double) value.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                    * gradient.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    double[] gradient(Parameter parameter) {
        MemorySegment source = segment(gradients, parameter);
        double[] copy = new double[parameter.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = source.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return copy;
    }
}
