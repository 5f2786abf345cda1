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
    public Stage stage() {
        return Stage.OUTPUT_GRADIENTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.inputGradients();
        double[][] correlation = RowCorrelation.of(execution.inputGradient(), execution.batch());
        if (!RowCorrelation.isDefined(correlation)) {
            return Double.NaN;
        }
        double score = 0;
        for (double value : SymmetricEigenvalues.of(correlation)) {
            score -= StrictMath.log(value + K) + 1 / (value + K);
        }
        return score;
    }
}
