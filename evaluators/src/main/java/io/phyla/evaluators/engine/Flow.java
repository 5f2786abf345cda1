package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Numbers beyond float's range: mantissas that share a power of two per tensor. Multiplying by a power of two is exact, so the
 * results are those of floats with a wider exponent. Zeros have exponent 0.
 */
final class Flow {

    private Flow() {}

    /** Brings the largest magnitude into [1,2), keeping the value by the exponent. */
    static void normalise(Tensor tensor) {
        float largest = largest(tensor.segment());
        if (largest == 0) {
            tensor.exponent(0);
            return;
        }
        int power = Math.clamp(Math.getExponent(largest), -126, 126);
        if (power != 0) {
            add(tensor.segment(), Math.scalb(1f, -power), MemorySegment.NULL, 0);
            tensor.exponent(tensor.exponent() + power);
        }
    }

    /** Aligns the terms to the largest of them and adds. The sum's memory is none of the terms'. */
    static void sum(Tensor[] terms, Tensor sum) {
        long top = commonExponent(terms);
        sum.segment().fill((byte) 0);
        sum.exponent(top);
        for (Tensor term : terms) {
            if (largest(term.segment()) != 0) {
                add(sum.segment(), 1, term.segment(), power(term.exponent() - top));
            }
        }
        normalise(sum);
    }

    /** The exponent at which the largest magnitude of all terms is in [1,2); 0 if all are zeros. */
    static long commonExponent(Tensor[] terms) {
        long top = Long.MIN_VALUE;
        for (Tensor term : terms) {
            float largest = largest(term.segment());
            if (largest != 0) {
                top = Math.max(top, term.exponent() + Math.getExponent(largest));
            }
        }
        return top == Long.MIN_VALUE ? 0 : top;
    }

    /** Adds one number per channel, which stand for themselves. */
    static void addBias(Tensor tensor, MemorySegment bias) {
        float largestBias = largest(bias);
        if (largestBias == 0) {
            return;
        }
        float largest = largest(tensor.segment());
        long top = Math.getExponent(largestBias);
        if (largest != 0) {
            top = Math.max(top, tensor.exponent() + Math.getExponent(largest));
        }
        float shrink = largest == 0 ? 1 : power(tensor.exponent() - top);
        float factor = power(-top);
        int channels = tensor.shape().channels();
        for (int i = 0; i < tensor.elements(); i++) {
            float value = tensor.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
            float summand = bias.getAtIndex(ValueLayout.JAVA_FLOAT, i % channels);
            tensor.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, value * shrink + summand * factor);
        }
        tensor.exponent(top);
        normalise(tensor);
    }

    /** Passes a gradient where the output of a rectifier is positive. */
    static void rectifyBackward(Tensor output, Tensor gradient, Tensor target) {
        for (int i = 0; i < output.elements(); i++) {
            float passed = output.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i) > 0
                    ? gradient.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i)
                    : 0;
            target.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, passed);
        }
        target.exponent(gradient.exponent());
    }

    static void rectify(Tensor source, Tensor target) {
        for (int i = 0; i < source.elements(); i++) {
            float value = source.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
            target.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, Math.max(0, value));
        }
        target.exponent(source.exponent());
    }

    static void copy(Tensor source, Tensor target) {
        target.segment().copyFrom(source.segment());
        target.exponent(source.exponent());
    }

    /** A maximum has no rounding, so its order does not matter. */
    private static float largest(MemorySegment segment) {
        long count = segment.byteSize() / Float.BYTES;
        long bound = count - count % Lanes.COUNT;
        FloatVector lanes = Lanes.zero();
        for (long i = 0; i < bound; i += Lanes.COUNT) {
            lanes = lanes.max(Lanes.load(segment, i).abs());
        }
        float largest = lanes.reduceLanes(VectorOperators.MAX);
        for (long i = bound; i < count; i++) {
            largest = Math.max(largest, Math.abs(segment.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
        }
        return largest;
    }

    /** target = scale * target + factor * source, where an empty source is zero. */
    private static void add(MemorySegment target, float scale, MemorySegment source, float factor) {
        long count = target.byteSize() / Float.BYTES;
        long bound = count - count % Lanes.COUNT;
        boolean sum = source.byteSize() > 0;
        for (long i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector value = Lanes.load(target, i).mul(scale);
            if (sum) {
                value = value.add(Lanes.load(source, i).mul(factor));
            }
            Lanes.store(value, target, i);
        }
        for (long i = bound; i < count; i++) {
            float value = target.getAtIndex(ValueLayout.JAVA_FLOAT, i) * scale;
            float summand = sum ? source.getAtIndex(ValueLayout.JAVA_FLOAT, i) * factor : 0;
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, value + summand);
        }
    }

    /** 2^exponent, 0 below float's range; {@code exponent} is at most that of the inverse of a mantissa. */
    static float power(long exponent) {
        return Math.scalb(1f, (int) Math.clamp(exponent, -200, 127));
    }
}
