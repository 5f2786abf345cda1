package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How easily a network is trained by gradient descent, in the limit of infinite width (Chen, Gong, Wang, "Neural Architecture
 * Search on ImageNet in Four GPU Hours: A Theoretically Inspired Perspective", TE-NAS, ICLR 2021): the largest eigenvalue of
 * the {@link TangentKernel} divided by the smallest. Less is better.
 *
 * <p>First weights are those of all proxies, where the authors' program draws from a normal distribution. Infinite if the
 * kernel is singular to working precision, NaN if there is nothing to divide; that program turns both into 1e5.
 */
public final class NtkCondition implements Proxy {

    private static final Metric METRIC = new Metric(
            "ntk_cond",
            "",
            Direction.MINIMIZE,
            false,
            "condition number of the neural tangent kernel of a few images; less is better");

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
        try (Execution execution = pass.open(pass.network(), pass.inputs().ntkBatch())) {
            return condition(TangentKernel.of(pass, execution), execution.unitRoundoff());
        }
    }

    /** @param kernel overwritten */
    static double condition(double[][] kernel, double unitRoundoff) {
        double trace = 0;
        for (int i = 0; i < kernel.length; i++) {
            trace += kernel[i][i];
        }
        if (!Double.isFinite(trace) || trace == 0) {
            return Double.NaN;
        }
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : SymmetricEigenvalues.of(kernel)) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return smallest <= kernel.length * unitRoundoff * largest ? Double.POSITIVE_INFINITY : largest / smallest;
    }
}
