package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How large the first weights are (as a baseline for others: Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS",
 * ICLR 2021): the sum of ||W|| over convolutions and linear layers. Knows nothing but the layers' sizes, since weights are drawn
 * by them; a proxy that ranks no better has learned nothing from its runs.
 */
public final class L2Norm implements Proxy {

    private static final Metric METRIC = new Metric(
            "l2_norm", "", Direction.MAXIMIZE, false, "sum of the Euclidean norms of all layers' first weights");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.WEIGHTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.weights();
        ParameterSums sums = new ParameterSums();
        double norm = 0;
        for (Parameter weight : ParameterSums.weights(execution)) {
            norm += Math.sqrt(sums.ofSquares(weight, execution.parameterValues()));
        }
        return norm;
    }
}
