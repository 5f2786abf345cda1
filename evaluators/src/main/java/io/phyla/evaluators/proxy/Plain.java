package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * Like {@link Snip} with signs: the sum of W * dL/dW over the weights of convolutions and linear layers (Abdelfattah et al.,
 * ICLR 2021). More is better by that paper's convention, although every published space shows a weak negative correlation.
 *
 * <p>A layer whose output is normalised by the batch does not care for the length of its weights and so contributes nothing but
 * rounding: the score lives on the layers without normalisation, in most networks the classifier alone.
 */
public final class Plain implements Proxy {

    private static final Metric METRIC = new Metric(
            "plain",
            "",
            Direction.MAXIMIZE,
            false,
            "sum of W * dL/dW over all weights; correlates negatively with accuracy on published spaces");

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
            score += sums.ofProducts(weight, execution.parameterValues(), execution.parameterGradients());
        }
        return score;
    }
}
