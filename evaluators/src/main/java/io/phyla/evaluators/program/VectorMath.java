package io.phyla.evaluators.program;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of whole vectors, out of additions, products and shifts alone: interpreter and compiled code agree to the bit, which
 * they do not for the platform's own. NaN goes through. Polynomials after Cephes (Moshier), about one unit in the last place.
 */
final class VectorMath {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

    /** Adding it rounds to an integer, which stands in the lowest bits. */
    private static final float ROUND = 0x1.8p23f;

    private static final float LOG2_E = 1.44269504088896341f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float LARGEST = 88.72283f;
    private static final float SMALLEST = -86.6f;
    private static final int BIAS = 126 << 23;
    private static final int ROOT_OF_HALF = 0x3f3504f3;
    private static final int SIGN = 0x80000000;

    private VectorMath() {}

    /** exp(x): infinite from 88.7228 on, 0 below -86.6. */
    static FloatVector exponential(FloatVector x) {
        return small(x).blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, LARGEST));
    }

    /** exp(x) up to {@link #LARGEST}. */
    private static FloatVector small(FloatVector x) {
        FloatVector shifted = x.fma(broadcast(LOG2_E), broadcast(ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
        r = n.fma(broadcast(-LN2_LOW), r);
        // Twice the polynomial and half the power of two: the power of the largest result has no float.
        FloatVector p = broadcast(2 * 1.9875691500E-4f);
        p = p.fma(r, broadcast(2 * 1.3981999507E-3f));
        p = p.fma(r, broadcast(2 * 8.3334519073E-3f));
        p = p.fma(r, broadcast(2 * 4.1665795894E-2f));
        p = p.fma(r, broadcast(2 * 1.6666665459E-1f));
        p = p.fma(r, broadcast(2 * 5.0000001201E-1f));
        FloatVector q = p.fma(r.mul(r), r.add(r)).add(2);
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(BIAS);
        return q.mul(power.reinterpretAsFloats()).blend(0, x.compare(VectorOperators.LT, SMALLEST));
    }

    /** 1 / (1 + exp(x)) of what is not negative. */
    static FloatVector tail(FloatVector x) {
        FloatVector e = small(x.neg());
        return e.div(e.add(1));
    }

    /** sigmoid(x), where t is the tail of |x|. */
    static FloatVector sigmoid(FloatVector t, FloatVector x) {
        return broadcast(1).sub(t).blend(t, x.compare(VectorOperators.LT, 0));
    }

    /** tanh(x), where t is the tail of 2|x|. */
    static FloatVector tanh(FloatVector t, FloatVector x) {
        FloatVector z = x.mul(x);
        FloatVector p = broadcast(-5.70498872745E-3f);
        p = p.fma(z, broadcast(2.06390887954E-2f));
        p = p.fma(z, broadcast(-5.37397155531E-2f));
        p = p.fma(z, broadcast(1.33314422036E-1f));
        p = p.fma(z, broadcast(-3.33332819422E-1f));
        FloatVector near = p.mul(z).fma(x, x);
        FloatVector far = withSign(broadcast(1).sub(t.add(t)), x);
        return far.blend(near, z.compare(VectorOperators.LT, 0.390625f));
    }

    /** sign(x) * ln(|x| + epsilon). */
    static FloatVector logarithm(FloatVector x, float epsilon) {
        return signed(ln(x.abs().add(epsilon)), x);
    }

    private static FloatVector ln(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(ROOT_OF_HALF).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(1);
        FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        FloatVector p = broadcast(7.0376836292E-2f);
        p = p.fma(f, broadcast(-1.1514610310E-1f));
        p = p.fma(f, broadcast(1.1676998740E-1f));
        p = p.fma(f, broadcast(-1.2420140846E-1f));
        p = p.fma(f, broadcast(1.4249322787E-1f));
        p = p.fma(f, broadcast(-1.6668057665E-1f));
        p = p.fma(f, broadcast(2.0000714765E-1f));
        p = p.fma(f, broadcast(-2.4999993993E-1f));
        p = p.fma(f, broadcast(3.3333331174E-1f));
        FloatVector z = f.mul(f);
        FloatVector y = p.mul(z).mul(f);
        y = e.fma(broadcast(LN2_LOW), y);
        y = z.fma(broadcast(-0.5f), y);
        FloatVector result = e.fma(broadcast(LN2_HIGH), f.add(y));
        // What is infinite or no number stays what it is.
        return x.blend(result, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
    }

    /** 1 / (sgn1(x) * max(|x|, epsilon)). */
    static FloatVector reciprocal(FloatVector x, float epsilon) {
        FloatVector size = x.abs();
        // Written so that no number stays no number.
        FloatVector divisor = size.blend(epsilon, size.compare(VectorOperators.LT, epsilon));
        FloatVector positive = broadcast(1).div(divisor);
        return positive.neg().blend(positive, x.compare(VectorOperators.GE, 0));
    }

    /** -g * r * r, where r is a reciprocal; 0 where epsilon took its divisor's place. */
    static FloatVector reciprocalSlope(FloatVector g, FloatVector r, float epsilon) {
        return g.mul(r).mul(r).neg().blend(0, r.abs().compare(VectorOperators.GE, 1 / epsilon));
    }

    /** sign(x) * size; 0 where x is 0. */
    static FloatVector signed(FloatVector size, FloatVector x) {
        return withSign(size, x).blend(0, x.compare(VectorOperators.EQ, 0));
    }

    /** Turned around where x is negative. */
    private static FloatVector withSign(FloatVector size, FloatVector x) {
        return size.reinterpretAsInts()
                .lanewise(VectorOperators.XOR, x.reinterpretAsInts().and(SIGN))
                .reinterpretAsFloats();
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
