package io.phyla.search.front;

/** The order of Pareto: gains are turned so that more is better. */
final class Dominance {

    private Dominance() {}

    /** Whether a is at least as good as b in every objective. */
    static boolean covers(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] < b[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a is at least as good as b in every objective and better in one. */
    static boolean dominates(double[] a, double[] b) {
        return covers(a, b) && !covers(b, a);
    }
}
