package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.ParameterNumbers;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How large and how steady the loss's gradients are from batch to batch (Li et al., "ZiCo: Zero-shot NAS via Inverse Coefficient
 * of Variation on Gradients", ICLR 2023): the sum over convolutions and linear layers of log sum_i mean|g_i| / std(g_i), mean and
 * population deviation over batches for the same weights, without the weights whose gradients have no deviation. Here over two
 * batches, so that the quotient is (|a| + |b|) / |a - b|. A layer whose sum is 0 is skipped; NaN if all are.
 */
public final class Zico implements Proxy {

    private static final Metric METRIC = new Metric(
            "zico", "", Direction.MAXIMIZE, false, "how large and how steady the loss gradients are over two batches");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.SECOND_BATCH;
    }

    @Override
    public double compute(ProxyPass pass) {
        ParameterNumbers first = pass.keptLossGradients();
        Execution second = pass.secondLossGradients();
        ParameterSums sums = new ParameterSums();
        double score = 0;
        int layers = 0;
        for (Parameter weight : ParameterSums.weights(second)) {
            double sum = sums.of(weight, first, second.parameterGradients(), Zico::steadiness);
            if (sum != 0) {
                score += StrictMath.log(sum);
                layers++;
            }
        }
        return layers == 0 ? Double.NaN : score;
    }

    private static double steadiness(double[] a, double[] b, int count) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < count - 1; i += 2) {
            even += steadiness(a[i], b[i]);
            odd += steadiness(a[i + 1], b[i + 1]);
        }
        return count % 2 == 0 ? even + odd : even + odd + steadiness(a[count - 1], b[count - 1]);
    }

    private static double steadiness(double a, double b) {
        return a == b ? 0 : (Math.abs(a) + Math.abs(b)) / Math.abs(a - b);
    }
}
