package io.phyla.search.run;

import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An expensive metric for tests: a bumpy function of genome and seed, undefined for some genomes. */
public final class ToyEvaluator implements Evaluator<ToyEvaluator.Parameters> {

    public record Parameters() {}

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("toy", "", Direction.MAXIMIZE, false, "bumpy"),
                new Metric("toy_cost", "", Direction.MINIMIZE, false, "sum of options"));
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Evaluation() {
            @Override
            public Evaluated evaluate(Genome genome, Design design, long seed) {
                Evaluated all = compute(genome, seed);
                return new Evaluated(
                        all.values().entrySet().stream()
                                .filter(each -> wanted.contains(each.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        all.cost());
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    /** What a worker would return; a yardstick has no genome. */
    static Evaluation.Evaluated compute(Genome genome, long seed) {
        int sum = 0;
        double value = (seed & 0xff) / 4096.0;
        for (int i = 0; i < genome.size(); i++) {
            sum += genome.option(i);
            value += Math.floorMod(genome.option(i) * (i + 2) + i, 5);
        }
        boolean undefined = genome.size() > 0 && sum % 11 == 0;
        return new Evaluation.Evaluated(
                Map.of("toy", undefined ? Double.NaN : value, "toy_cost", (double) sum), 1 + sum % 3);
    }
}
