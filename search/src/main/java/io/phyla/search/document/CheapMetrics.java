package io.phyla.search.document;

import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All metrics that follow from a design alone, computed in this process. */
public final class CheapMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(CheapMetrics.class);

    private final SearchSpace space;
    private final List<Evaluation> evaluations;

    private CheapMetrics(SearchSpace space, List<Evaluation> evaluations) {
        this.space = space;
        this.evaluations = evaluations;
    }

    /** Opens every evaluator whose metrics are cheap, with default parameters. */
    public static CheapMetrics open(SearchSpace space, Artifacts artifacts) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (Evaluator<?> evaluator : Providers.evaluators().values()) {
            if (isCheap(evaluator)) {
                evaluations.add(open(evaluator, space, artifacts));
            }
        }
        return new CheapMetrics(space, evaluations);
    }

    static boolean isCheap(Evaluator<?> evaluator) {
        return evaluator.metrics().stream().allMatch(Metric::cheap);
    }

    private static <P extends Record> Evaluation open(Evaluator<P> evaluator, SearchSpace space, Artifacts artifacts) {
        return evaluator.open(
                Parameters.byDefault(evaluator.parameters()),
                space,
                evaluator.metrics().stream().map(Metric::name).collect(Collectors.toSet()),
                new Resources(artifacts, Long.MAX_VALUE));
    }

    /** Name to value, in order of names; what is undefined for this design is left out, everything if there is none. */
    public Map<String, Double> of(Genome genome) {
        Design design;
        try {
            design = space.decode(genome);
        } catch (IllegalArgumentException e) {
            if (space.total()) {
                throw e;
            }
            LOG.debug("{} stands for nothing: {}", genome, e.getMessage());
            return Map.of();
        }
        Map<String, Double> values = new TreeMap<>();
        for (Evaluation evaluation : evaluations) {
            try {
                evaluation.evaluate(genome, design, 0).values().forEach((metric, value) -> {
                    if (Double.isFinite(value)) {
                        values.put(metric, value);
                    }
                });
            } catch (EvaluationException e) {
                LOG.debug("{} has no cheap metrics of one kind: {}", genome, e.recorded());
            }
        }
        return values;
    }
}
