package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** All training-free proxies, computed on one batch of training images from runs they share. */
public final class ProxyEvaluator implements Evaluator<ProxyParameters> {

    static final List<Proxy> PROXIES = ServiceLoader.load(Proxy.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @Override
    public String name() {
        return "proxies";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return PROXIES.stream().map(Proxy::metric).toList();
    }

    @Override
    public Class<ProxyParameters> parameters() {
        return ProxyParameters.class;
    }

    @Override
    public List<Problem> check(ProxyParameters parameters, Artifacts artifacts) {
        try {
            int images = Datasets.form(parameters.data(), artifacts).trainingImages();
            return parameters.batch() <= images
                    ? List.of()
                    : List.of(new Problem(
                            "/batch",
                            "data set '" + parameters.data() + "' has " + images + " training images, fewer than "
                                    + parameters.batch()));
        } catch (InvalidDataException e) {
            return List.of(new Problem("/data", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public List<Problem> check(ProxyParameters parameters, SearchSpace space, Artifacts artifacts) {
        Datasets.Form data = Datasets.form(parameters.data(), artifacts);
        Design sample = space.decode(Genome.of(new int[space.decisions().size()]));
        return switch (sample) {
            case Network network
            when !Resolution.fits(network.input(), data.channels(), data.size()) ->
                List.of(new Problem("/data", Resolution.misfit(network.input(), data.channels(), data.size())));
            case Network _ -> List.of();
            case LayerProgram _ ->
                List.of(new Problem("", "the space's designs are layers; this evaluator needs networks"));
        };
    }

    @Override
    public ProxyParameters pin(ProxyParameters parameters, Artifacts artifacts) {
        return new ProxyParameters(
                Datasets.pinned(parameters.data(), artifacts),
                parameters.batch(),
                parameters.imageSeed(),
                parameters.ntkBatch(),
                parameters.zenRepeats());
    }

    @Override
    public Evaluation open(ProxyParameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        List<Proxy> proxies = PROXIES.stream()
                .filter(proxy -> wanted.contains(proxy.metric().name()))
                .toList();
        Dataset data = Datasets.open(parameters.data(), resources.artifacts());
        return new ProxyEvaluation(
                proxies,
                inputs(parameters, proxies, data),
                (network, batch) -> Plan.compile(network, batch, resources.maxBytes()));
    }

    /**
     * The second batch follows the first in the same shuffled order; both overlap, by as little as can be, if the data set
     * has not enough images for two.
     */
    static ProxyInputs inputs(ProxyParameters parameters, List<Proxy> proxies, Dataset data) {
        Batches batches = new Batches(data);
        int count = parameters.batch();
        int all = data.count(Split.TRAIN);
        Batch drawn = batches.draw(Split.TRAIN, Math.min(2 * count, all), parameters.imageSeed());
        boolean cropped = data.size() >= Crops.SIZE && proxies.stream().anyMatch(LinearRegions.class::isInstance);
        return new ProxyInputs(
                drawn.part(0, count),
                drawn.part(drawn.count() - count, count),
                cropped ? Crops.draw(batches, all, parameters.imageSeed()) : List.of(),
                parameters.ntkBatch(),
                parameters.zenRepeats());
    }
}
