package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A piece of native memory that an INDArray owns, starting on a cache line. Freed by {@link #close()} and not before. */
final class Memory implements AutoCloseable {

    /** An INDArray holds no more elements than an int counts, some of which alignment takes. */
    static final long LIMIT = (Integer.MAX_VALUE - 2 * MemoryLayout.ALIGNMENT) * Float.BYTES;

    private final INDArray owner;
    private final INDArray floats;
    private final MemorySegment segment;
    private final BytePointer pointer;

    /** @param bytes a positive multiple of 4 that was checked against the limits: a failed allocation kills the process */
    Memory(long bytes) {
        if (bytes <= 0 || bytes > LIMIT) {
            throw new IllegalArgumentException("memory of " + bytes + " bytes, it must be positive and at most " + LIMIT);
        }
        long slack = MemoryLayout.ALIGNMENT / Float.BYTES;
        long count = bytes / Float.BYTES;
        owner = Nd4j.createUninitialized(DataType.FLOAT, count + slack);
        Pointer start = owner.data().addressPointer();
        long skip = MemoryLayout.align(start.address()) - start.address();
        long first = skip / Float.BYTES;
        floats = owner.get(NDArrayIndex.interval(first, first + count));
        segment = MemorySegment.ofAddress(start.address() + skip).reinterpret(bytes);
        pointer = new BytePointer(start).position(skip);
    }

    /** The memory as a vector. */
    INDArray floats() {
        return floats;
    }

    MemorySegment segment() {
        return segment;
    }

    /** An address inside, for the moment: the next call moves the same pointer. */
    Pointer at(long offset) {
        return pointer.position(segment.address() - pointer.address() + offset);
    }

    @Override
    public void close() {
        owner.close();
    }
}
