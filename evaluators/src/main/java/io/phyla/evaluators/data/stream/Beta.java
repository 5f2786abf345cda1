package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.engine.SplitMix;

/** The symmetric beta distribution for parameters up to 1. */
final class Beta {

    /** At least every second pair is taken: that none of so many is has never happened to anybody. */
    private static final int ROUNDS = 100;

    private Beta() {}

    /**
     * Jöhnk's method (Metrika 8, 1964): for u, v uniform, {@code u^(1/a) / (u^(1/a) + v^(1/a))} is Beta(a, a) where the
     * denominator is at most 1.
     */
    static double draw(double alpha, SplitMix random) {
        for (int round = 0; round < ROUNDS; round++) {
            double x = StrictMath.pow(1 - random.nextDouble(), 1 / alpha);
            double y = StrictMath.pow(1 - random.nextDouble(), 1 / alpha);
            if (x + y > Double.MIN_NORMAL && x + y <= 1) {
                return x / (x + y);
            }
            if (x + y <= Double.MIN_NORMAL) {
                return random.nextLong() < 0 ? 0 : 1;
            }
        }
        return 0.5;
    }
}
