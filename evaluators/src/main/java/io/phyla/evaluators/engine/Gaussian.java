package io.phyla.evaluators.engine;

/** Numbers from N(0,1) by Marsaglia's polar method, the same everywhere. */
public final class Gaussian {

    private final SplitMix uniform;
    private double spare = Double.NaN;

    public Gaussian(long seed) {
        this.uniform = new SplitMix(seed);
    }

    public double next() {
        if (!Double.isNaN(spare)) {
            double second = spare;
            spare = Double.NaN;
            return second;
        }
        double x;
        double y;
        double square;
        do {
            x = uniform.nextSigned();
            y = uniform.nextSigned();
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * factor;
        return x * factor;
    }
}
