package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;

/**
 * Native memory for what is no plan, from the plans' pool and starting on a cache line. Its content is unspecified, and its
 * segment must not be touched after {@link #close()}: the memory then belongs to somebody else.
 */
public final class NativeBlock implements AutoCloseable {

    private final Memory memory;
    private boolean closed;

    private NativeBlock(Memory memory) {
        this.memory = memory;
    }

    /**
     * Takes a block.
     *
     * @param bytes a multiple of 4, which the caller has checked against its bound
     */
    public static NativeBlock take(long bytes) {
        return new NativeBlock(MemoryPool.SHARED.take(bytes));
    }

    public MemorySegment segment() {
        return memory.segment();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.close();
        }
    }
}
