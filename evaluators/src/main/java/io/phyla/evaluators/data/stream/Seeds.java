package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.engine.SplitMix;

/** Streams of random numbers of their own for every epoch and every image in it. */
final class Seeds {

    private Seeds() {}

    /** Sets a stream to that of an epoch. */
    static void epoch(SplitMix random, long seed, long epoch) {
        random.reseed(seed);
        random.reseed(random.nextLong() ^ epoch);
        random.reseed(random.nextLong());
    }

    /** Sets a stream to that of an image in an epoch, however it is reached. */
    static void image(SplitMix random, long seed, long epoch, int image) {
        epoch(random, seed, epoch);
        random.reseed(random.nextLong() ^ (image + 1L));
        random.reseed(random.nextLong());
    }
}
