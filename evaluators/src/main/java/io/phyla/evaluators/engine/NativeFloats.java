package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;

/**
 * A vector of floats in native memory, beside a plan's own: the state of an optimiser, averaged weights. Starts on a cache line,
 * all zeros, and has to be closed. Its bytes count as the caller's, who has to compare them with a limit first.
 */
public final class NativeFloats implements AutoCloseable {

    private final Memory memory;
    private boolean closed;

    private NativeFloats(Memory memory) {
        this.memory = memory;
    }

    /** @param bytes a positive multiple of 4 */
    public static NativeFloats zeros(long bytes) {
        Memory memory = MemoryPool.SHARED.take(bytes);
        memory.segment().fill((byte) 0);
        return new NativeFloats(memory);
    }

    /** Not to be used after {@link #close()}. */
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
