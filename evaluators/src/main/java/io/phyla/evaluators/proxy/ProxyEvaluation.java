package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proxies of one network after the other, all on the same images; the weights come from each evaluation's seed. */
final class ProxyEvaluation implements Evaluation {

    private final List<Proxy> proxies;
    private final Executions executions;
    private final ProxyInputs inputs;

    ProxyEvaluation(List<Proxy> proxies, ProxyInputs inputs, Executions executions) {
        this.proxies =
                proxies.stream().sorted(Comparator.comparing(Proxy::stage)).toList();
        this.executions = executions;
        this.inputs = inputs;
    }

    @Override
    public Evaluated evaluate(Genome genome, Design design, long seed) {
        return switch (design) {
            case Network network -> evaluate(network, seed);
            case LayerProgram _ ->
                throw new IllegalArgumentException("a layer alone has no proxies; they need a network");
        };
    }

    private Evaluated evaluate(Network network, long seed) {
        if (!Resolution.fits(network.input(), inputs.channels(), inputs.size())) {
            throw new EvaluationException(new Cause(
                    Cause.Kind.EVALUATION_FAILED,
                    Resolution.misfit(network.input(), inputs.channels(), inputs.size())));
        }
        try (ProxyPass pass = new ProxyPass(network, inputs, executions, new Initialization(seed))) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (Proxy proxy : proxies) {
                values.put(proxy.metric().name(), proxy.compute(pass));
            }
            return new Evaluated(values, pass.cost());
        } catch (MemoryLimitException e) {
            throw new EvaluationException(new Cause(Cause.Kind.TOO_LARGE, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {}
}
