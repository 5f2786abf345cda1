package io.phyla.evaluators.proxy;

/** Pearson's correlation between the rows of a matrix. */
final class RowCorrelation {

    private RowCorrelation() {}

    /** @param rows count rows of equal length, one after the other */
    static double[][] of(double[] rows, int count) {
        int width = rows.length / count;
        double[][] centred = new double[count][width];
        for (int row = 0; row < count; row++) {
            standardise(rows, row * width, centred[row]);
        }
        double[][] correlation = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                correlation[i][j] = InnerProduct.of(centred[i], centred[j]);
                correlation[j][i] = correlation[i][j];
            }
        }
        return correlation;
    }

    /** Whether every pair has a correlation; a row without variance has none. */
    static boolean isDefined(double[][] correlation) {
        for (double[] row : correlation) {
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Row minus mean, to length 1; NaN if all elements are equal, which rounding of the mean must not hide. */
    private static void standardise(double[] rows, int from, double[] target) {
        boolean constant = true;
        double mean = 0;
        for (int i = 0; i < target.length; i++) {
            constant &= rows[from + i] == rows[from];
            mean += rows[from + i] / target.length;
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = rows[from + i] - mean;
        }
        double length = constant ? Double.NaN : Math.sqrt(InnerProduct.of(target, target));
        for (int i = 0; i < target.length; i++) {
            target[i] /= length;
        }
    }
}
