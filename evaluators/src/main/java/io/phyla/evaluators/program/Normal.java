package io.phyla.evaluators.program;

/** Normal numbers from SplitMix64 and the method of Box and Muller, the same in every Java and on every machine. */
final class Normal {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Normal(long seed) {
        state = seed;
    }

    double[] array(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = next();
        }
        return values;
    }

    private double next() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    private double uniform() {
        state += GOLDEN;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
    }
}
