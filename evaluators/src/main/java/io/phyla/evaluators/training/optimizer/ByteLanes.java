package io.phyla.evaluators.training.optimizer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How passes read and write a plan's vectors, counted in bytes. Element-wise work gives the same bits whatever the width. */
final class ByteLanes {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Bytes per vector; divides a cache line, and so every stretch. */
    static final int BYTES = SPECIES.vectorByteSize();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private ByteLanes() {}

    static FloatVector load(MemorySegment source, long at) {
        return FloatVector.fromMemorySegment(SPECIES, source, at, ORDER);
    }

    static void store(FloatVector lanes, MemorySegment target, long at) {
        lanes.intoMemorySegment(target, at, ORDER);
    }
}
