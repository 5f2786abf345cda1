package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A piece of native memory that an INDArray owns, starting on a cache line; {@link #close()} gives it back to its pool. */
final class Memory implements AutoCloseable {

    private final MemoryPool pool;
    private final INDArray block;
    private final long skip;
    private final MemorySegment segment;
    private final BytePointer pointer;

    /** @param block has room for so many bytes behind the next cache line */
    Memory(MemoryPool pool, INDArray block, long bytes) {
        this.pool = pool;
        this.block = block;
        Pointer start = block.data().addressPointer();
        this.skip = MemoryLayout.align(start.address()) - start.address();
        this.segment = MemorySegment.ofAddress(start.address() + skip).reinterpret(bytes);
        this.pointer = new BytePointer(start);
    }

    /** The memory as a vector. */
    INDArray floats() {
        long first = skip / Float.BYTES;
        return block.get(NDArrayIndex.interval(first, first + segment.byteSize() / Float.BYTES));
    }

    MemorySegment segment() {
        return segment;
    }

    /** An address inside, for the moment: the next call moves the same pointer. */
    Pointer at(long offset) {
        return pointer.position(skip + offset);
    }

    @Override
    public void close() {
        pool.takeBack(block);
    }
}
