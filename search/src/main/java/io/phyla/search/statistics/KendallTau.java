package io.phyla.search.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Kendall's tau-b in O(n log n) (Knight, "A computer method for calculating Kendall's tau with ungrouped data", JASA 1966):
 * discordant pairs are the exchanges that sorting by y needs after sorting by x.
 */
final class KendallTau {

    private KendallTau() {}

    static double of(double[] x, double[] y) {
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> x[i]).thenComparingDouble(i -> y[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] xs = Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
        double[] ys = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
        long tiedInBoth = tied(xs, ys);
        long tiedInX = tied(xs, xs);
        long discordant = exchanges(ys, 0, ys.length, new double[ys.length]);
        long tiedInY = tied(ys, ys);
        long pairs = pairs(x.length);
        long difference = pairs - tiedInX - tiedInY + tiedInBoth - 2 * discordant;
        return difference / (Math.sqrt(pairs - tiedInX) * Math.sqrt(pairs - tiedInY));
    }

    /** Pairs of neighbours in sorted order that are equal in both lists. */
    private static long tied(double[] a, double[] b) {
        long tied = 0;
        for (int from = 0, to = 0; from < a.length; from = to) {
            while (to < a.length && a[to] == a[from] && b[to] == b[from]) {
                to++;
            }
            tied += pairs(to - from);
        }
        return tied;
    }

    private static long pairs(int count) {
        return (long) count * (count - 1) / 2;
    }

    /** Sorts values[from, to) by merging and returns the number of pairs that stood in the wrong order. */
    private static long exchanges(double[] values, int from, int to, double[] buffer) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long exchanges = exchanges(values, from, middle, buffer) + exchanges(values, middle, to, buffer);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            if (left < middle && (right == to || values[left] <= values[right])) {
                buffer[i] = values[left++];
            } else {
                buffer[i] = values[right++];
                exchanges += middle - left;
            }
        }
        System.arraycopy(buffer, from, values, from, to - from);
        return exchanges;
    }
}
