package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
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
        if (!Resolution.fits(network.input(), images.channels(), images.size())) {
            throw new EvaluationException(new Cause(
                    Cause.Kind.EVALUATION_FAILED,
                    Resolution.misfit(network.input(), images.channels(), images.size())));
        }
        try (ProxyPass pass = new ProxyPass(
                () -> withImages(network),
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

    /** Images are scaled only for a network that is not too large. */
    private Execution withImages(Network network) {
        Execution execution = executions.open(network, images.count());
        try {
            execution.input(scaledTo(network.input().height()).images());
            return execution;
        } catch (RuntimeException | OutOfMemoryError e) {
            execution.close();
            throw e;
        }
    }

    /** The networks of one search all take the same images, so the last scaling is worth keeping. */
    private Batch scaledTo(int size) {
        if (scaled.size() != size) {
            scaled = Resolution.scale(images, size);
        }
        return scaled;
    }

    @Override
    public void close() {}
}
