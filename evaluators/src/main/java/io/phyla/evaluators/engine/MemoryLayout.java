package io.phyla.evaluators.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the buffers of a plan lie in its one piece of memory, found before any of it is allocated. */
final class MemoryLayout {

    /** A cache line, and what the widest aligned access asks for. */
    static final long ALIGNMENT = 64;

    private final List<Buffer> buffers = new ArrayList<>();
    private long bytes;

    Buffer reserve(int node, long size, int now) {
        Buffer buffer = new Buffer(node, size, now);
        buffers.add(buffer);
        return buffer;
    }

    /** Places every buffer, the largest first, at the lowest address free in its whole lifetime. */
    void place() {
        List<Buffer> placed = new ArrayList<>(buffers.size());
        List<Buffer> order = new ArrayList<>(buffers);
        order.sort(Comparator.comparingLong(Buffer::bytes).reversed());
        for (Buffer buffer : order) {
            buffer.place(lowestFree(buffer, placed));
            insert(placed, buffer);
            bytes = Math.max(bytes, buffer.end());
        }
    }

    /** Bytes of the whole, a multiple of the alignment. */
    long bytes() {
        return bytes;
    }

    Buffer largest() {
        return buffers.stream().max(Comparator.comparingLong(Buffer::bytes)).orElseThrow();
    }

    static long align(long size) {
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }

    /** @param placed ordered by offset */
    private static long lowestFree(Buffer buffer, List<Buffer> placed) {
        long at = 0;
        for (Buffer other : placed) {
            if (other.meets(buffer)) {
                if (other.offset() >= at + buffer.room()) {
                    return at;
                }
                at = Math.max(at, other.end());
            }
        }
        return at;
    }

    private static void insert(List<Buffer> placed, Buffer buffer) {
        int low = 0;
        int high = placed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (placed.get(middle).offset() <= buffer.offset()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        placed.add(low, buffer);
    }
}
