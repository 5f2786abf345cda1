package io.phyla.evaluators.program;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Element-wise kernels on raw native memory: d is where the result goes, a to e are what it is made of, all addresses; size is in
 * bytes, a multiple of one vector's. A result may overwrite an operand. Each is compiled by itself and never inlined into the loop
 * that calls them (flag {@code dontinline} in the build), or the compiler runs out of its budget in some processes and not in
 * others. Nothing is checked here: whoever makes the addresses answers for them.
 */
final class Kernels {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    /** Bytes that one access takes. */
    static final long STEP = 32;

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Kernels() {}

    /** Bytes of the vectors that so many bytes take. */
    static long whole(long size) {
        return size + STEP - 1 & -STEP;
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(SPECIES, ALL, address, ORDER);
    }

    static void store(FloatVector vector, long address) {
        vector.intoMemorySegment(ALL, address, ORDER);
    }

    private static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    static void kCopy(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i), d + i);
        }
    }

    static void kAdd(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).add(load(b + i)), d + i);
        }
    }

    static void kAdd3(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).add(load(b + i)).add(load(c + i)), d + i);
        }
    }

    static void kMultiply(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).mul(load(b + i)), d + i);
        }
    }

    static void kMultiply3(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).mul(load(b + i)).mul(load(c + i)), d + i);
        }
    }

    /** a * b + c. */
    static void kMultiplyAdd(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).fma(load(b + i), load(c + i)), d + i);
        }
    }

    /** (a + b) * c. */
    static void kAddMultiply(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).add(load(b + i)).mul(load(c + i)), d + i);
        }
    }

    /** (a + b) * c + e. */
    static void kAddMultiplyAdd(long d, long a, long b, long c, long e, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).add(load(b + i)).fma(load(c + i), load(e + i)), d + i);
        }
    }

    /** a * b + c * e. */
    static void kTwoProducts(long d, long a, long b, long c, long e, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).fma(load(b + i), load(c + i).mul(load(e + i))), d + i);
        }
    }

    static void kMaximum(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).max(load(b + i)), d + i);
        }
    }

    static void kNegate(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).neg(), d + i);
        }
    }

    static void kSquare(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector x = load(a + i);
            store(x.mul(x), d + i);
        }
    }

    static void kAbsolute(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).abs(), d + i);
        }
    }

    static void kTail(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.tail(load(a + i).abs()), d + i);
        }
    }

    static void kTailOfDouble(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector x = load(a + i).abs();
            store(VectorMath.tail(x.add(x)), d + i);
        }
    }

    static void kSigmoid(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.sigmoid(load(a + i), load(b + i)), d + i);
        }
    }

    /** sigmoid(b) * c, where a is b's tail. */
    static void kSigmoidMultiply(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.sigmoid(load(a + i), load(b + i)).mul(load(c + i)), d + i);
        }
    }

    static void kTanh(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.tanh(load(a + i), load(b + i)), d + i);
        }
    }

    static void kExponential(long d, long a, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.exponential(load(a + i)), d + i);
        }
    }

    static void kLogarithm(long d, long a, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.logarithm(load(a + i), epsilon), d + i);
        }
    }

    static void kRoot(long d, long a, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector x = load(a + i);
            store(VectorMath.signed(x.abs().add(epsilon).sqrt(), x), d + i);
        }
    }

    static void kReciprocal(long d, long a, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.reciprocal(load(a + i), epsilon), d + i);
        }
    }

    static void kReciprocalOfMaximum(long d, long a, long b, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(VectorMath.reciprocal(load(a + i).max(load(b + i)), epsilon), d + i);
        }
    }

    static void kNotLess(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            VectorMask<Float> mask = load(b + i).compare(VectorOperators.GE, load(c + i));
            store(zero().blend(load(a + i), mask), d + i);
        }
    }

    static void kLess(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            VectorMask<Float> mask = load(b + i).compare(VectorOperators.GE, load(c + i));
            store(load(a + i).blend(zero(), mask), d + i);
        }
    }

    /** a * b where c >= e, else 0. */
    static void kNotLessOfProduct(long d, long a, long b, long c, long e, long size) {
        for (long i = 0; i < size; i += STEP) {
            VectorMask<Float> mask = load(c + i).compare(VectorOperators.GE, load(e + i));
            store(zero().blend(load(a + i).mul(load(b + i)), mask), d + i);
        }
    }

    /** 0 where c >= e, else a * b. */
    static void kLessOfProduct(long d, long a, long b, long c, long e, long size) {
        for (long i = 0; i < size; i += STEP) {
            VectorMask<Float> mask = load(c + i).compare(VectorOperators.GE, load(e + i));
            store(load(a + i).mul(load(b + i)).blend(zero(), mask), d + i);
        }
    }

    static void kTailSlope(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector t = load(b + i);
            store(t.neg().fma(t, t).mul(load(a + i)), d + i);
        }
    }

    /** a * b * c * (1 - c). */
    static void kTailSlopeOfProduct(long d, long a, long b, long c, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector t = load(c + i);
            store(t.neg().fma(t, t).mul(load(a + i)).mul(load(b + i)), d + i);
        }
    }

    static void kTailOfDoubleSlope(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector t = load(b + i);
            store(t.neg().fma(t, t).mul(4).mul(load(a + i)), d + i);
        }
    }

    static void kSquareSlope(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector x = load(b + i);
            store(x.add(x).mul(load(a + i)), d + i);
        }
    }

    static void kAbsoluteSlope(long d, long a, long b, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector x = load(b + i);
            store(VectorMath.signed(load(a + i), x), d + i);
        }
    }

    static void kLogarithmSlope(long d, long a, long b, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(load(a + i).div(load(b + i).abs().add(epsilon)), d + i);
        }
    }

    static void kRootSlope(long d, long a, long b, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector root = load(b + i).abs().add(epsilon).sqrt();
            store(load(a + i).div(root.add(root)), d + i);
        }
    }

    static void kReciprocalSlope(long d, long a, long b, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector r = load(b + i);
            store(VectorMath.reciprocalSlope(load(a + i), r, epsilon), d + i);
        }
    }

    static void kReciprocalSlopeOfProduct(long d, long a, long b, long c, float epsilon, long size) {
        for (long i = 0; i < size; i += STEP) {
            FloatVector r = load(c + i);
            store(VectorMath.reciprocalSlope(load(a + i).mul(load(b + i)), r, epsilon), d + i);
        }
    }

    static void kZero(long d, long size) {
        for (long i = 0; i < size; i += STEP) {
            store(zero(), d + i);
        }
    }

    /** One row again and again. */
    static void kSpread(long d, long a, long row, long size) {
        for (long p = 0; p < row; p += STEP) {
            FloatVector part = load(a + p);
            for (long i = p; i < size; i += row) {
                store(part, d + i);
            }
        }
    }
}
