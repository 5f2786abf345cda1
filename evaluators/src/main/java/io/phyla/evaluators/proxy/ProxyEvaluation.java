package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proxies of one network after the other, all on the same images; the weights come from each evaluation's seed. */
final class ProxyEvaluation implements Evaluation {

    private final List<Proxy> proxies;
    private final Executions executions;
    private final Batch images;
    private Batch scaled;

    /** @param images of the data set's own resolution */
    ProxyEvaluation(List<Proxy> proxies, Batch images, Executions executions) {
        this.proxies = List.copyOf(proxies);
        this.executions = executions;
        this.images = images;
        this.scaled = images;
    }

    @Override
    public Evaluated evaluate(Genome genome, Design design, long seed) {
        return switch (design) {
            case Network network -> evaluate(network, seed);
        };
    }

    private Evaluated evaluate(Network network, long seed) {
        Batch batch = imagesFor(network.input());
        try (ProxyPass pass = new ProxyPass(
                () -> {
                    Execution execution = executions.open(network, batch.count());
                    execution.input(batch.images());
                    return execution;
                },
                () -> executions.open(network, 1),
                new Initialization(seed),
                NetworkCost.of(network).macs())) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (Proxy proxy : proxies) {
                values.put(proxy.metric().name(), proxy.compute(pass));
            }
            return new Evaluated(values, pass.cost());
        }
    }

    /** The networks of one search all take the same images, so the last scaling is worth keeping. */
    private Batch imagesFor(Shape input) {
        if (!Resolution.fits(input, images.channels(), images.size())) {
            throw new EvaluationException(new Cause(
                    Cause.Kind.EVALUATION_FAILED, Resolution.misfit(input, images.channels(), images.size())));
        }
        if (scaled.size() != input.height()) {
            scaled = Resolution.scale(images, input.height());
        }
        return scaled;
    }

    @Override
    public void close() {}
}
