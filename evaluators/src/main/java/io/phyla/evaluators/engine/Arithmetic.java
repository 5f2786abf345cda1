package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Element-wise arithmetic of whole tensors in one pass over memory; a target may be one of the operands. */
final class Arithmetic {

    private Arithmetic() {}

    static void multiply(MemorySegment a, MemorySegment b, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(a, i).mul(Lanes.load(b, i)), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Lanes.get(a, i) * Lanes.get(b, i));
        }
    }

    static void add(MemorySegment a, MemorySegment b, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(a, i).add(Lanes.load(b, i)), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Lanes.get(a, i) + Lanes.get(b, i));
        }
    }

    /** target = max(0, a). */
    static void rectify(MemorySegment a, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(a, i).max(0), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Math.max(0, Lanes.get(a, i)));
        }
    }

    /** target = max(0, a + b). */
    static void addAndRectify(MemorySegment a, MemorySegment b, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(a, i).add(Lanes.load(b, i)).max(0), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Math.max(0, Lanes.get(a, i) + Lanes.get(b, i)));
        }
    }

    /**
     * target = the sum of the terms where the target was not 0, else 0. A sum that happens to be 0 becomes the smallest
     * positive number, so that the target stays the gate it was.
     */
    static void addThroughGate(MemorySegment[] terms, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector sum = Lanes.load(terms[0], i);
            for (int term = 1; term < terms.length; term++) {
                sum = sum.add(Lanes.load(terms[term], i));
            }
            Lanes.store(throughGate(sum, Lanes.load(target, i)), target, i);
        }
        for (int i = bound; i < count; i++) {
            float sum = Lanes.get(terms[0], i);
            for (int term = 1; term < terms.length; term++) {
                sum += Lanes.get(terms[term], i);
            }
            Lanes.set(target, i, throughGate(sum, Lanes.get(target, i)));
        }
    }

    static FloatVector throughGate(FloatVector value, FloatVector gate) {
        FloatVector nonzero = value.blend(Float.MIN_NORMAL, value.compare(VectorOperators.EQ, 0));
        return nonzero.blend(0, gate.compare(VectorOperators.EQ, 0));
    }

    static float throughGate(float value, float gate) {
        return gate == 0 ? 0 : value == 0 ? Float.MIN_NORMAL : value;
    }

    /** target = a where the gate is not 0, else 0. */
    static void pass(MemorySegment gate, MemorySegment a, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        FloatVector zero = FloatVector.zero(Lanes.SPECIES);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector open = Lanes.load(gate, i);
            Lanes.store(zero.blend(Lanes.load(a, i), open.compare(VectorOperators.NE, zero)), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Lanes.get(gate, i) != 0 ? Lanes.get(a, i) : 0);
        }
    }

    /** target = a + b where the gate is not 0, else 0. */
    static void addAndPass(MemorySegment gate, MemorySegment a, MemorySegment b, MemorySegment target, int count) {
        int bound = Lanes.bound(count);
        FloatVector zero = FloatVector.zero(Lanes.SPECIES);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector open = Lanes.load(gate, i);
            FloatVector sum = Lanes.load(a, i).add(Lanes.load(b, i));
            Lanes.store(zero.blend(sum, open.compare(VectorOperators.NE, zero)), target, i);
        }
        for (int i = bound; i < count; i++) {
            Lanes.set(target, i, Lanes.get(gate, i) != 0 ? Lanes.get(a, i) + Lanes.get(b, i) : 0);
        }
    }
}
