package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.engine.SplitMix;

/**
 * Which image is at a position of an endless training: one shuffled epoch after the other. An epoch's order depends on the
 * seed and the epoch alone, so any position can be the first.
 */
final class EpochOrder {

    private final int[] order;
    private final long seed;
    private final SplitMix random = new SplitMix(0);
    private long epoch = -1;

    EpochOrder(int images, long seed) {
        this.order = new int[images];
        this.seed = seed;
    }

    long epoch(long position) {
        return position / order.length;
    }

    /** Fast while positions of one epoch are asked for together. */
    int image(long position) {
        if (epoch(position) != epoch) {
            shuffle(epoch(position));
        }
        return order[(int) (position % order.length)];
    }

    private void shuffle(long next) {
        epoch = next;
        Seeds.epoch(random, seed, next);
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
