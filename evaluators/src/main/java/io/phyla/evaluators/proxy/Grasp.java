package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.ParameterNumbers;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How removing weights would change the flow of gradients (Wang, Zhang, Grosse, "Picking Winning Tickets Before Training by
 * Preserving Gradient Flow", ICLR 2020; as a proxy, with this sign: Abdelfattah et al., ICLR 2021): -sum W * (H g) over the
 * weights of convolutions and linear layers, g = dL/dW and H its derivative.
 *
 * <p>H is symmetric, so the sum is that of g * (H W), and H W is the central difference (g(W + e W) - g(W - e W)) / 2e with
 * rectifiers frozen as W leaves them: no kink of theirs is crossed, and second derivatives are those of automatic
 * differentiation. Other functions keep their kinks, whose jumps count as curvature.
 *
 * <p>A step along W turns no weights in front of a normalisation, which so hardly notices it; and g * g(W + e W) sums
 * squares, where W * g(W + e g) would cancel down to rounding. So e may be as large as {@value #STEP}, in float as in
 * double. Cells of full size (N = 5, 32 x 32 pixels) are then ranked alike by both; of six the scores differed by 0.1 % in
 * the median, by 5 % at most.
 */
public final class Grasp implements Proxy {

    private static final Metric METRIC = new Metric(
            "grasp",
            "",
            Direction.MAXIMIZE,
            false,
            "minus the sum of W * (H dL/dW) over all weights, H the loss's second derivatives");

    static final double STEP = 0.002;

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.OTHER_WEIGHTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        ParameterNumbers gradient = pass.keptLossGradients();
        Execution execution = pass.forward();
        double above = along(gradient, pass, execution, 1 + STEP);
        double below = along(gradient, pass, execution, 1 - STEP);
        return (below - above) / (2 * STEP);
    }

    /** The sum of g * g(factor W). */
    private static double along(ParameterNumbers gradient, ProxyPass pass, Execution execution, double factor) {
        pass.initialization().each(execution.parameters(), (parameter, values) -> {
            if (parameter.role() == Parameter.Role.WEIGHT) {
                for (int i = 0; i < values.length; i++) {
                    values[i] *= factor;
                }
            }
            execution.load(parameter, values);
        });
        ParameterNumbers changed = pass.lossGradientsOfOtherWeights().parameterGradients();
        ParameterSums sums = new ParameterSums();
        double sum = 0;
        for (Parameter weight : ParameterSums.weights(execution)) {
            sum += sums.ofProducts(weight, gradient, changed);
        }
        return sum;
    }
}
