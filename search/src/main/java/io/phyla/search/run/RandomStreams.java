package io.phyla.search.run;

import io.phyla.spaces.Key;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent random streams by number: what one proposal draws never shifts what another draws. */
public final class RandomStreams {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int WARM_UP = 2;

    private RandomStreams() {}

    /** The stream of one proposal. */
    public static RandomGenerator of(long seed, long number) {
        SplittableRandom random = new SplittableRandom(mix(mix(seed) + GOLDEN * (number + 1)));
        for (int i = 0; i < WARM_UP; i++) {
            random.nextLong();
        }
        return random;
    }

    /** The seed with which a candidate is evaluated, whoever proposes it and whenever. */
    public static long evaluationSeed(long seed, Key key) {
        return mix(mix(mix(seed + GOLDEN) + key.high()) + key.low());
    }

    /**
     * The seed of an evaluation in the last phase: never one that the search has chosen by.
     *
     * @param repetition from 0
     */
    public static long finalSeed(long seed, Key key, int repetition) {
        return mix(evaluationSeed(seed, key) + GOLDEN * (repetition + 1L));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
