package io.phyla.evaluators.program;

import static io.phyla.evaluators.program.Kernels.STEP;
import static io.phyla.evaluators.program.Kernels.load;
import static io.phyla.evaluators.program.Kernels.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * Kernels from a tile to one row: position p of the row gets what stands at p, p + row, p + 2 rows and so on. Sizes are in bytes;
 * that of the tile is exact and need not be whole vectors. The order of additions is fixed. See {@link Kernels}.
 */
final class KernelSums {

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final long WIDE = 4 * STEP;

    private KernelSums() {}

    static float get(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
    }

    static void set(long address, float value) {
        ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
    }

    /** The part of a tile that is whole vectors. */
    private static long whole(long size) {
        return size & -STEP;
    }

    /** d += a. */
    static void kSum(long d, long a, long row, long size) {
        long whole = whole(size);
        long p = 0;
        for (; p + WIDE <= row; p += WIDE) {
            FloatVector s0 = load(d + p);
            FloatVector s1 = load(d + p + STEP);
            FloatVector s2 = load(d + p + 2 * STEP);
            FloatVector s3 = load(d + p + 3 * STEP);
            long i = p;
            for (; i + WIDE <= whole; i += row) {
                s0 = s0.add(load(a + i));
                s1 = s1.add(load(a + i + STEP));
                s2 = s2.add(load(a + i + 2 * STEP));
                s3 = s3.add(load(a + i + 3 * STEP));
            }
            store(s0, d + p);
            store(s1, d + p + STEP);
            store(s2, d + p + 2 * STEP);
            store(s3, d + p + 3 * STEP);
            for (long q = p; i + STEP <= whole && q < p + WIDE; i += STEP, q += STEP) {
                store(load(d + q).add(load(a + i)), d + q);
            }
        }
        for (; p < row; p += STEP) {
            FloatVector s0 = load(d + p);
            for (long i = p; i + STEP <= whole; i += row) {
                s0 = s0.add(load(a + i));
            }
            store(s0, d + p);
        }
        for (long i = whole; i < size; i += Float.BYTES) {
            set(d + i % row, get(d + i % row) + get(a + i));
        }
    }

    /** d += a * b. */
    static void kSumOfProducts(long d, long a, long b, long row, long size) {
        long whole = whole(size);
        long p = 0;
        for (; p + WIDE <= row; p += WIDE) {
            FloatVector s0 = load(d + p);
            FloatVector s1 = load(d + p + STEP);
            FloatVector s2 = load(d + p + 2 * STEP);
            FloatVector s3 = load(d + p + 3 * STEP);
            long i = p;
            for (; i + WIDE <= whole; i += row) {
                s0 = load(a + i).fma(load(b + i), s0);
                s1 = load(a + i + STEP).fma(load(b + i + STEP), s1);
                s2 = load(a + i + 2 * STEP).fma(load(b + i + 2 * STEP), s2);
                s3 = load(a + i + 3 * STEP).fma(load(b + i + 3 * STEP), s3);
            }
            store(s0, d + p);
            store(s1, d + p + STEP);
            store(s2, d + p + 2 * STEP);
            store(s3, d + p + 3 * STEP);
            for (long q = p; i + STEP <= whole && q < p + WIDE; i += STEP, q += STEP) {
                store(load(a + i).fma(load(b + i), load(d + q)), d + q);
            }
        }
        for (; p < row; p += STEP) {
            FloatVector s0 = load(d + p);
            for (long i = p; i + STEP <= whole; i += row) {
                s0 = load(a + i).fma(load(b + i), s0);
            }
            store(s0, d + p);
        }
        for (long i = whole; i < size; i += Float.BYTES) {
            set(d + i % row, Math.fma(get(a + i), get(b + i), get(d + i % row)));
        }
    }

    /** With x = a - shift: d += x, e += x * x. */
    static void kCentered(long d, long e, long a, long shift, long row, long size) {
        long whole = whole(size);
        long p = 0;
        for (; p + 2 * STEP <= row; p += 2 * STEP) {
            FloatVector k0 = load(shift + p);
            FloatVector k1 = load(shift + p + STEP);
            FloatVector s0 = load(d + p);
            FloatVector s1 = load(d + p + STEP);
            FloatVector q0 = load(e + p);
            FloatVector q1 = load(e + p + STEP);
            long i = p;
            for (; i + 2 * STEP <= whole; i += row) {
                FloatVector x0 = load(a + i).sub(k0);
                FloatVector x1 = load(a + i + STEP).sub(k1);
                s0 = s0.add(x0);
                s1 = s1.add(x1);
                q0 = x0.fma(x0, q0);
                q1 = x1.fma(x1, q1);
            }
            if (i + STEP <= whole) {
                FloatVector x0 = load(a + i).sub(k0);
                s0 = s0.add(x0);
                q0 = x0.fma(x0, q0);
            }
            store(s0, d + p);
            store(s1, d + p + STEP);
            store(q0, e + p);
            store(q1, e + p + STEP);
        }
        for (; p < row; p += STEP) {
            FloatVector k0 = load(shift + p);
            FloatVector s0 = load(d + p);
            FloatVector q0 = load(e + p);
            for (long i = p; i + STEP <= whole; i += row) {
                FloatVector x0 = load(a + i).sub(k0);
                s0 = s0.add(x0);
                q0 = x0.fma(x0, q0);
            }
            store(s0, d + p);
            store(q0, e + p);
        }
        for (long i = whole; i < size; i += Float.BYTES) {
            float x = get(a + i) - get(shift + i % row);
            set(d + i % row, get(d + i % row) + x);
            set(e + i % row, Math.fma(x, x, get(e + i % row)));
        }
    }
}
