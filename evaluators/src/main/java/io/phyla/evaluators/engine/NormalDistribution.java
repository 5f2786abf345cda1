package io.phyla.evaluators.engine;

/** The standard normal distribution in double precision, the same on every machine. */
final class NormalDistribution {

    private static final double ROOT_TWO_PI = StrictMath.sqrt(2 * Math.PI);
    /** Below this the series, beyond it the fraction is both quick and exact. */
    private static final double TAIL = 3;

    private NormalDistribution() {}

    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / ROOT_TWO_PI;
    }

    /** Probability of a value up to x, exact to 1e-14 of itself down to where it is no longer a normal double. */
    static double cumulative(double x) {
        if (x < -TAIL) {
            return tail(-x);
        }
        return x > TAIL ? 1 - tail(x) : 0.5 + density(x) * series(x);
    }

    /** {@code x + x^3/3 + x^5/(3*5) + ...}, all of one sign (Marsaglia, J. Statistical Software 11, 2004). */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return sum;
    }

    /** Probability of a value above x by Laplace's fraction {@code density / (x + 1/(x + 2/(x + 3/(x + ...))))}. */
    private static double tail(double x) {
        double fraction = x;
        for (int i = 120; i > 0; i--) {
            fraction = x + i / fraction;
        }
        return density(x) / fraction;
    }
}
