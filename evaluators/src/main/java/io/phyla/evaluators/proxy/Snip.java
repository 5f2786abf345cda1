package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How much the loss would change if single weights were removed (Lee, Ajanthan, Torr, "SNIP: Single-shot Network Pruning based
 * on Connection Sensitivity", ICLR 2019; as a proxy: Abdelfattah et al., ICLR 2021): the sum of |W * dL/dW| over the weights of
 * convolutions and linear layers.
 */
public final class Snip implements Proxy {

    private static final Metric METRIC =
            new Metric("snip", "", Direction.MAXIMIZE, false, "sum of |W * dL/dW| over all weights");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.LOSS_GRADIENTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.lossGradients();
        ParameterSums sums = new ParameterSums();
        double score = 0;
        for (Parameter weight : ParameterSums.weights(execution)) {
            score += sums.of(weight, execution.parameterValues(), execution.parameterGradients(), Snip::magnitudes);
        }
        return score;
    }

    private static double magnitudes(double[] a, double[] b, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.abs(a[i] * b[i]);
        }
        return sum;
    }
}
