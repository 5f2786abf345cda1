package io.phyla.evaluators.program;

/**
 * Where an operand lies.
 *
 * @param offset bytes from the region's start
 * @param perSample bytes from one sample's to the next one's
 * @param moves whether it goes on with the tiles of a sample
 */
record Place(Region region, long offset, long perSample, boolean moves) {

    /** Pieces of memory whose addresses are known only when a program is bound. */
    enum Region {
        INPUT,
        OUTPUT,
        GRADIENT,
        INPUT_GRADIENT,
        /** Stays from the forward run to the backward run. */
        KEPT,
        /** Of one run. */
        SCRATCH
    }

    static Place fixed(Region region, long offset) {
        return new Place(region, offset, 0, false);
    }

    Place plus(long bytes) {
        return new Place(region, offset + bytes, perSample, moves);
    }

    /** Whether it has another address in each tile or sample. */
    boolean changes() {
        return moves || perSample != 0;
    }

    /** Counts the bytes of a region that is laid out one thing after the other. */
    static final class Room {
        private static final long ALIGNMENT = 64;

        private final Region region;
        private long bytes;

        Room(Region region) {
            this.region = region;
        }

        Place fixed(long size) {
            return new Place(region, take(size), 0, false);
        }

        /** One row for each sample. */
        Place rows(long row, int batch) {
            return new Place(region, take(row * batch), row, false);
        }

        /** Elements of one sample at a time. */
        Place sample(long size) {
            return new Place(region, take(size), 0, true);
        }

        /** Elements of all samples. */
        Place samples(long size, int batch) {
            return new Place(region, take(size * batch), size, true);
        }

        /** Kernels may go beyond the end by less than one vector. */
        private long take(long size) {
            long at = bytes;
            bytes += Math.ceilDiv(size + Kernels.STEP, ALIGNMENT) * ALIGNMENT;
            return at;
        }

        long bytes() {
            return bytes;
        }
    }
}
