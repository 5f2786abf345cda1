package io.phyla.evaluators.engine;

/**
 * SplitMix64 as a counted stream: number k (from 0) is the finaliser of {@code seed + (k + 1) * 0x9E3779B97F4A7C15}. The
 * JDK's own generators do not promise their numbers across versions; evaluations have to repeat.
 */
public final class SplitMix {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix(long seed) {
        this.state = seed;
    }

    /** Starts over as the stream of another seed. */
    public void reseed(long seed) {
        state = seed;
    }

    /** 64 uniform bits. */
    public long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0,1): the upper 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in [low,high). */
    public double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform in 0 to bound - 1, for bounds far below 2^53. */
    public int nextInt(int bound) {
        return (int) (nextDouble() * bound);
    }

    /** Uniform in [-1,1). */
    public double nextSigned() {
        return 2 * nextDouble() - 1;
    }
}
