package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;

/**
 * How much the loss would change if single channels were removed (Theis et al., arXiv 1801.05787; Turner et al., "BlockSwap",
 * ICLR 2020; as a proxy: Abdelfattah et al., ICLR 2021): with a the output of a convolution or linear layer before whatever
 * follows it, D_c = 1/2 mean_n (sum_hw a * dL/da)^2 for each of its channels; the score is the sum of D_c times the weights that
 * lead to the channel.
 */
public final class Fisher implements Proxy {

    private static final Metric METRIC = new Metric(
            "fisher",
            "",
            Direction.MAXIMIZE,
            false,
            "Fisher information of the channels of all convolutions and linear layers, weighted by their parameters");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.WATCHED_LOSS_GRADIENTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.weights();
        int[] weightsPerChannel = new int[execution.network().nodes().size()];
        for (Parameter weight : ParameterSums.weights(execution)) {
            // Not the fan-in, which for a transposed convolution counts the channels that an input spreads to.
            int channels = execution.network().shapes().get(weight.node()).channels();
            weightsPerChannel[weight.node()] = weight.size() / channels;
        }
        double[] score = {0};
        pass.lossGradients((node, products) -> {
            double squares = InnerProduct.of(products, products);
            score[0] += squares / 2 / execution.batch() * weightsPerChannel[node];
        });
        return score[0];
    }
}
