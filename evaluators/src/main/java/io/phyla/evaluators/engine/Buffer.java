package io.phyla.evaluators.engine;

/**
 * A stretch of a plan's memory and the span of time in which its content matters. Time counts the nodes' forward runs, then
 * their backward runs; buffers that are never alive together may share memory.
 */
final class Buffer {

    static final int FOREVER = Integer.MAX_VALUE;

    private final int node;
    private final long bytes;
    private final long room;
    private int from;
    private int to;
    private long offset = -1;

    Buffer(int node, long bytes, int now) {
        this.node = node;
        this.bytes = bytes;
        this.room = MemoryLayout.align(bytes);
        this.from = now;
        this.to = now;
    }

    /** The node it was reserved for. */
    int node() {
        return node;
    }

    long bytes() {
        return bytes;
    }

    /** The bytes it takes up, a multiple of the alignment. */
    long room() {
        return room;
    }

    /** The first offset behind it. */
    long end() {
        return offset() + room;
    }

    /** From the start of the plan's memory; known once the memory is laid out. */
    long offset() {
        if (offset < 0) {
            throw new IllegalStateException("memory is not laid out yet");
        }
        return offset;
    }

    void place(long at) {
        offset = at;
    }

    /** Its content is read or written at this time. */
    void use(int now) {
        from = Math.min(from, now);
        to = Math.max(to, now);
    }

    /** Its content stays until the next forward run overwrites it. */
    void keep() {
        to = FOREVER;
    }

    /** Nothing else is ever laid over it. */
    void pin() {
        from = 0;
        to = FOREVER;
    }

    boolean kept() {
        return to == FOREVER;
    }

    boolean meets(Buffer other) {
        return from <= other.to && other.from <= to;
    }
}
