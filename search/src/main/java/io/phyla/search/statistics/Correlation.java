package io.phyla.search.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Rank correlations of two lists of scores, ties and undefined scores as in {@link Ranks}. */
public enum Correlation {
    /** Pearson's correlation of the ranks. */
    SPEARMAN {
        @Override
        double ofRanks(double[] x, double[] y) {
            return pearson(x, y);
        }
    },
    /** Kendall's tau-b: (concordant - discordant pairs) / sqrt(pairs untied in x * pairs untied in y). */
    KENDALL {
        @Override
        double ofRanks(double[] x, double[] y) {
            return KendallTau.of(x, y);
        }
    };

    /** A confidence interval. */
    public record Interval(double low, double high) {}

    /**
     * In [-1,1]; NaN if all scores of one list are equal.
     *
     * @throws IllegalArgumentException if the lists differ in length or are shorter than 2
     */
    public double of(double[] x, double[] y) {
        check(x, y);
        return ofRanks(Ranks.of(x), Ranks.of(y));
    }

    /**
     * The percentile bootstrap interval: quantiles of the correlation over samples of the candidates drawn with
     * replacement. Samples without any correlation, all scores of one list being equal, are left out.
     *
     * @param level such as 0.95
     */
    public Interval interval(double[] x, double[] y, double level, int samples, long seed) {
        check(x, y);
        SplittableRandom random = new SplittableRandom(seed);
        double[] estimates = new double[samples];
        for (int sample = 0; sample < samples; sample++) {
            int[] drawn = random.ints(x.length, 0, x.length).toArray();
            estimates[sample] = of(
                    Arrays.stream(drawn).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(drawn).mapToDouble(i -> y[i]).toArray());
        }
        double[] sorted =
                Arrays.stream(estimates).filter(Double::isFinite).sorted().toArray();
        return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
    }

    abstract double ofRanks(double[] x, double[] y);

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static void check(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) {
            throw new IllegalArgumentException("a correlation needs two lists of the same length of at least 2, not of "
                    + x.length + " and " + y.length);
        }
    }

    private static double pearson(double[] x, double[] y) {
        double mean = (x.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
