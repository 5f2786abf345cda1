package io.phyla.evaluators.proxy;

/**
 * Eigenvalues of a real symmetric matrix in O(n^3): Householder reflections to tridiagonal form, then implicit QL steps with
 * Wilkinson's shift. Plain arithmetic in a fixed order: the same matrix gives the same bits everywhere.
 */
final class SymmetricEigenvalues {

    private static final int MAX_STEPS = 60;

    private SymmetricEigenvalues() {}

    /**
     * @param matrix n x n, finite; overwritten
     * @return in no order
     */
    static double[] of(double[][] matrix) {
        int n = matrix.length;
        double[] beside = new double[n];
        for (int k = 0; k < n - 1; k++) {
            beside[k] = reflect(matrix, k);
        }
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = matrix[i][i];
        }
        deflate(diagonal, beside);
        return diagonal;
    }

    /**
     * Clears column k below its first subdiagonal element by A := P A P, P = I - 2 u u' / u'u, and returns that element.
     */
    private static double reflect(double[][] a, int k) {
        int n = a.length;
        double tail = 0;
        for (int i = k + 2; i < n; i++) {
            tail += a[i][k] * a[i][k];
        }
        if (tail == 0) {
            return a[k + 1][k];
        }
        double head = a[k + 1][k];
        double length = Math.copySign(Math.sqrt(head * head + tail), head);
        double[] u = new double[n];
        u[k + 1] = head + length;
        for (int i = k + 2; i < n; i++) {
            u[i] = a[i][k];
        }
        double half = (u[k + 1] * u[k + 1] + tail) / 2;
        double[] p = new double[n];
        double projection = 0;
        for (int i = k + 1; i < n; i++) {
            double sum = 0;
            for (int j = k + 1; j < n; j++) {
                sum += a[i][j] * u[j];
            }
            p[i] = sum / half;
            projection += u[i] * p[i];
        }
        for (int i = k + 1; i < n; i++) {
            p[i] -= projection / (2 * half) * u[i];
        }
        for (int i = k + 1; i < n; i++) {
            for (int j = k + 1; j < n; j++) {
                a[i][j] -= u[i] * p[j] + p[i] * u[j];
            }
        }
        return -length;
    }

    /**
     * Turns the tridiagonal matrix with these diagonals into a diagonal one by similar matrices.
     *
     * @param e e[i] stands beside d[i] and d[i + 1]; destroyed
     */
    private static void deflate(double[] d, double[] e) {
        for (int first = 0; first < d.length; first++) {
            int steps = 0;
            for (int last = end(d, e, first); last > first; last = end(d, e, first)) {
                if (steps++ == MAX_STEPS) {
                    throw new ArithmeticException(
                            "eigenvalue " + first + " of " + d.length + " not found in " + MAX_STEPS + " steps");
                }
                step(d, e, first, last);
            }
        }
    }

    /** The last index of the block that starts at first: where the next neighbour is nothing beside its diagonal. */
    private static int end(double[] d, double[] e, int first) {
        int last = first;
        while (last < d.length - 1) {
            double scale = Math.abs(d[last]) + Math.abs(d[last + 1]);
            if (scale + Math.abs(e[last]) == scale) {
                break;
            }
            last++;
        }
        return last;
    }

    /** One QL step from the end of a block to its start: rotations chase the shift's bulge upwards. */
    private static void step(double[] d, double[] e, int first, int last) {
        double ratio = (d[first + 1] - d[first]) / (2 * e[first]);
        double g = d[last] - d[first] + e[first] / (ratio + Math.copySign(StrictMath.hypot(ratio, 1), ratio));
        double sine = 1;
        double cosine = 1;
        double moved = 0;
        for (int i = last - 1; i >= first; i--) {
            double f = sine * e[i];
            double b = cosine * e[i];
            double r = StrictMath.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= moved;
                e[last] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - moved;
            r = (d[i] - g) * sine + 2 * cosine * b;
            moved = sine * r;
            d[i + 1] = g + moved;
            g = cosine * r - b;
        }
        d[first] -= moved;
        e[first] = g;
        e[last] = 0;
    }
}
