package io.phyla.evaluators.engine;

/**
 * Which elements a dropout keeps: a function of seed, node and element, so that no run has to remember another's mask.
 * Elements are numbered in the order N,H,W,C; two share one number of a {@link SplitMix} stream, 32 bits each.
 *
 * @param key of the stream
 * @param threshold kept are elements whose 32 bits are at least this
 */
record DropoutMask(long key, long threshold) {

    static DropoutMask of(long seed, int node, double probability) {
        return new DropoutMask(SplitMix.number(seed, node), (long) (probability * 0x1p32));
    }

    boolean keeps(long element) {
        return keeps(pair(element >>> 1), (int) element & 1);
    }

    /** The number that elements {@code 2 * index} and {@code 2 * index + 1} share. */
    long pair(long index) {
        return SplitMix.number(key, index);
    }

    /** @param which 0 for the lower half of a shared number, 1 for the upper */
    boolean keeps(long pair, int which) {
        return (pair >>> (Integer.SIZE * which) & 0xFFFFFFFFL) >= threshold;
    }
}
