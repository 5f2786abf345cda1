package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight floats at once, on every machine: wider units would sum in another order. Fused multiply-add is exact in interpreter
 * and compiler alike.
 */
final class Lanes {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    static final int COUNT = SPECIES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorShuffle<Float> FOUR = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Float> TWO = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Float> ONE = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);

    private Lanes() {}

    /** @param index of the first float */
    static FloatVector load(MemorySegment segment, long index) {
        return FloatVector.fromMemorySegment(SPECIES, segment, index * Float.BYTES, ORDER);
    }

    static void store(FloatVector vector, MemorySegment segment, long index) {
        vector.intoMemorySegment(segment, index * Float.BYTES, ORDER);
    }

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** The first lanes of one vector, the others of another. */
    static FloatVector keep(FloatVector first, FloatVector others, int count) {
        return others.blend(first, VectorMask.fromLong(SPECIES, (1L << count) - 1));
    }

    /** The sum of the lanes in a fixed order. */
    static float sum(FloatVector vector) {
        FloatVector fours = vector.add(vector.rearrange(FOUR));
        FloatVector twos = fours.add(fours.rearrange(TWO));
        return twos.add(twos.rearrange(ONE)).lane(0);
    }
}
