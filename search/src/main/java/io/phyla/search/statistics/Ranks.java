package io.phyla.search.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of scores where more is better. */
public final class Ranks {

    private Ranks() {}

    /**
     * The rank of each score, 1 for the smallest; equal scores share the mean of their ranks. An undefined score, NaN or
     * infinite, is worse than every defined one and equal to every other undefined one: leaving those candidates out would
     * make a proxy look better the more often it fails.
     */
    public static double[] of(double[] scores) {
        double[] comparable = Arrays.stream(scores)
                .map(score -> Double.isFinite(score) ? score + 0.0 : Double.NEGATIVE_INFINITY)
                .toArray();
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> comparable[i]));
        double[] ranks = new double[scores.length];
        for (int from = 0, to = 0; from < order.length; from = to) {
            while (to < order.length && comparable[order[to]] == comparable[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }
}
