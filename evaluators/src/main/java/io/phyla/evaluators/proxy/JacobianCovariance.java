package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How little the images of a batch resemble each other in the eyes of an untrained network (Mellor, Turner, Storkey,
 * Crowley, arXiv 2006.04647v1; Abdelfattah et al., ICLR 2021): J, B x C*H*W, holds for each image the gradient of the sum of
 * the outputs; with v_i the eigenvalues of the rows' correlation matrix the score is -sum_i (log(v_i + k) + 1 / (v_i + k)),
 * k = 1e-5. Its maximum is -B, reached by uncorrelated rows.
 *
 * <p>A row without variance has no correlation: the score is then NaN.
 */
public final class JacobianCovariance implements Proxy {

    private static final Metric METRIC = new Metric(
            "jacob_cov",
            "",
            Direction.MAXIMIZE,
            false,
            "how uncorrelated the input gradients of a batch's images are; at most minus the batch size");

    private static final double K = 1e-5;

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.inputGradients();
        double[][] correlation = correlation(execution.inputGradient(), execution.batch());
        for (double[] row : correlation) {
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    return Double.NaN;
                }
            }
        }
        double score = 0;
        for (double value : SymmetricEigenvalues.of(correlation)) {
            score -= StrictMath.log(value + K) + 1 / (value + K);
        }
        return score;
    }

    /** Pearson's correlation between rows. */
    static double[][] correlation(double[] rows, int count) {
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
