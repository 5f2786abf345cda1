package io.phyla.search.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts points into fronts: the first holds what nothing dominates, the next what only the first dominates, and so on
 * (Deb et al., 2002). Done by efficient non-dominated sorting (Zhang et al., IEEE Transactions on Evolutionary
 * Computation 19(2), 2015), which needs memory for the points only, not for every pair of them.
 */
public final class NonDominatedSort {

    private NonDominatedSort() {}

    /**
     * @param gains one point per row, more is better, all finite
     * @return indices of the points by front, ascending within each
     */
    public static List<List<Integer>> fronts(List<double[]> gains) {
        Integer[] order = new Integer[gains.size()];
        Arrays.setAll(order, i -> i);
        // Whatever dominates a point comes before it; the sort is stable.
        Arrays.sort(order, Comparator.comparing(gains::get, (a, b) -> Arrays.compare(b, a)));
        List<List<Integer>> fronts = new ArrayList<>();
        for (int point : order) {
            int front = first(fronts, gains, point);
            if (front == fronts.size()) {
                fronts.add(new ArrayList<>());
            }
            fronts.get(front).add(point);
        }
        fronts.forEach(front -> front.sort(null));
        return fronts;
    }

    /** The first front that does not dominate the point, found by bisection: a dominating front follows no other kind. */
    private static int first(List<List<Integer>> fronts, List<double[]> gains, int point) {
        int low = 0;
        int high = fronts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (dominated(fronts.get(middle), gains, gains.get(point))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The newest members are the nearest, so they are asked first. */
    private static boolean dominated(List<Integer> front, List<double[]> gains, double[] point) {
        for (int i = front.size() - 1; i >= 0; i--) {
            if (Dominance.dominates(gains.get(front.get(i)), point)) {
                return true;
            }
        }
        return false;
    }
}
