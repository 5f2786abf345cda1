package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Float memory as our own kernels see it: several elements at once, or one where fewer are left. */
final class Lanes {

    /** The same on every machine. */
    static final VectorSpecies<Float> SPECIES = Instructions.SPECIES;

    /** Elements that one access takes. */
    static final int COUNT = SPECIES.length();

    private static final int TILE = 512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
