package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How strongly the loss pulls at the first weights (Abdelfattah et al., ICLR 2021): the sum of ||dL/dW|| over convolutions and
 * linear layers, each layer's norm on its own.
 */
public final class GradientNorm implements Proxy {

    private static final Metric METRIC = new Metric(
            "grad_norm", "", Direction.MAXIMIZE, false, "sum of the Euclidean norms of all layers' loss gradients");

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
        double norm = 0;
        for (Parameter weight : ParameterSums.weights(execution)) {
            norm += Math.sqrt(sums.ofSquares(weight, execution.parameterGradients()));
        }
        return norm;
    }
}
