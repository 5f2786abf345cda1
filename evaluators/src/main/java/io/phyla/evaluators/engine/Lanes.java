package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Float memory as our own kernels see it: several elements at once, or one where fewer are left. */
final class Lanes {

    /** The same on every machine. */
    static final VectorSpecies<Float> SPECIES = Instructions.SPECIES;

    /** Elements that one access takes. */
    static final int COUNT = SPECIES.length();

    private static final int TILE = 512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorShuffle<Float> FOUR = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Float> TWO = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Float> ONE = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);

    private Lanes() {}

    static FloatVector load(MemorySegment memory, long index) {
        return FloatVector.fromMemorySegment(SPECIES, memory, index * Float.BYTES, ORDER);
    }

    static void store(FloatVector values, MemorySegment memory, long index) {
        values.intoMemorySegment(memory, index * Float.BYTES, ORDER);
    }

    static float get(MemorySegment memory, long index) {
        return memory.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    static void set(MemorySegment memory, long index, float value) {
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
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

    /**
     * Pixels that loops over the channels of several pixels take at a time: so few that memory is read in order, as many as
     * keep what belongs to a channel in registers.
     */
    static int tile(int channels) {
        return Math.max(1, TILE / channels);
    }

    /** The first index that a loop over whole accesses leaves over. */
    static int bound(int count) {
        return count - count % COUNT;
    }
}
