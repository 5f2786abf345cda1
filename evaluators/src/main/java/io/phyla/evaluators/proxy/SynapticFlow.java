package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * Synaptic flow (Tanaka, Kunin, Yamins, Ganguli, "Pruning neural networks without any data by iteratively conserving
 * synaptic flow", NeurIPS 2020; as a proxy: Abdelfattah et al., ICLR 2021): all parameters replaced by their absolute
 * values, normalisation by the identity, the input by ones, R the sum of the outputs; the score is the sum of W * dR/dW over
 * the weights W of convolutions and linear layers.
 *
 * <p>The score grows exponentially with depth (1e44 for a cell network of ordinary size), so its natural logarithm is
 * reported and summed from mantissas and exponents. A network whose output does not depend on its input has score 0 and so
 * negative infinity.
 */
public final class SynapticFlow implements Proxy {

    private static final Metric METRIC = new Metric(
            "synflow",
            "",
            Direction.MAXIMIZE,
            false,
            "natural logarithm of the sum of |W| * dR/d|W| over all weights of the linear network of absolute weights");

    private static final double LOG_2 = StrictMath.log(2);

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.OWN_RUNS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution flow = pass.flow();
        double log = Double.NEGATIVE_INFINITY;
        for (Parameter parameter : flow.parameters()) {
            if (parameter.role() == Parameter.Role.WEIGHT) {
                log = logOfSum(log, StrictMath.log(flow.saliency(parameter)) + flow.exponent(parameter) * LOG_2);
            }
        }
        return log;
    }

    /** log(e^a + e^b) without leaving the range of doubles. */
    static double logOfSum(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - larger));
    }
}
