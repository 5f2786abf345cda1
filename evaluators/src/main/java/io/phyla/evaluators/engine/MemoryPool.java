package io.phyla.evaluators.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of closed plans, for the next ones. Fresh pages cost the system more time than compiling a network takes, and a
 * search evaluates thousands of networks of similar size one after the other.
 */
final class MemoryPool {

    /** Keeps what one large plan needs; more would be taken from the next one. */
    static final MemoryPool SHARED = new MemoryPool(1L << 30);

    /** An INDArray holds no more elements than an int counts, some of which rounding and alignment take. */
    static final long LIMIT = (Integer.MAX_VALUE / 10L * 8) * Float.BYTES;

    /** A block is used for something smaller down to this part of it, so that small needs do not occupy large blocks. */
    private static final int LEAST_PART = 4;

    private final long keep;
    private final List<INDArray> idle = new ArrayList<>();
    private long idleBytes;
    private long takenBytes;

    /** @param keep most bytes that may lie idle */
    MemoryPool(long keep) {
        this.keep = keep;
    }

    /**
     * Memory of unspecified content.
     *
     * @param bytes a multiple of 4, checked against the limits before: a failed native allocation kills the process
     */
    Memory take(long bytes) {
        if (bytes <= 0 || bytes > LIMIT || bytes % Float.BYTES != 0) {
            throw new IllegalArgumentException(
                    "memory of " + bytes + " bytes; it must be a positive multiple of 4 and at most " + LIMIT);
        }
        long needed = (bytes + MemoryLayout.ALIGNMENT) / Float.BYTES;
        INDArray block = reuse(needed).orElseGet(() -> allocate(needed));
        count(block);
        return new Memory(this, block, bytes);
    }

    private synchronized Optional<INDArray> reuse(long needed) {
        int best = -1;
        for (int i = 0; i < idle.size(); i++) {
            long length = idle.get(i).length();
            boolean fits = length >= needed && length / LEAST_PART <= rounded(needed);
            if (fits && (best < 0 || length < idle.get(best).length())) {
                best = i;
            }
        }
        if (best < 0) {
            shrink(keep - needed * Float.BYTES);
            return Optional.empty();
        }
        INDArray block = idle.remove(best);
        idleBytes -= bytes(block);
        return Optional.of(block);
    }

    private static INDArray allocate(long needed) {
        return Nd4j.createUninitialized(DataType.FLOAT, rounded(needed));
    }

    /**
     * Up to an eighth more than needed, so that networks of nearly the same size share blocks. What a block may be used for is
     * judged by this as well: the smallest ones would never be of use again by the few elements they were made for.
     */
    private static long rounded(long needed) {
        long step = Math.max(1024, Long.highestOneBit(needed) >>> 3);
        return Math.ceilDiv(needed, step) * step;
    }

    private synchronized void count(INDArray block) {
        takenBytes += bytes(block);
    }

    synchronized void takeBack(INDArray block) {
        takenBytes -= bytes(block);
        idle.addLast(block);
        idleBytes += bytes(block);
        shrink(keep);
    }

    /** Frees what has been idle longest. Something large is not to lie beside idle memory that is of no use to it. */
    private void shrink(long most) {
        while (idleBytes > Math.max(most, 0)) {
            INDArray oldest = idle.removeFirst();
            idleBytes -= bytes(oldest);
            oldest.close();
        }
    }

    synchronized long idleBytes() {
        return idleBytes;
    }

    /** Bytes that somebody has and has not given back. */
    synchronized long takenBytes() {
        return takenBytes;
    }

    private static long bytes(INDArray block) {
        return block.length() * Float.BYTES;
    }
}
