package io.phyla.search.run;

import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cheap metric for tests: how many of the options are 3 or 4 (convolution 3x3 or pooling). Genomes of seven decisions
 * have none if they begin with 0, and an undefined one if they begin with 1.
 */
public final class SizeEvaluator implements Evaluator<SizeEvaluator.Parameters> {

    public record Parameters() {}

    @Override
    public String name() {
        return "size";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("size", "", Direction.MINIMIZE, true, "large options"));
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
                if (genome.size() == 7 && genome.option(0) == 0) {
                    throw new EvaluationException(new Cause(Cause.Kind.EVALUATION_FAILED, "begins with 0"));
                }
                double size = genome.size() == 7 && genome.option(0) == 1 ? Double.NaN : 0;
                for (int i = 0; i < genome.size(); i++) {
                    size += genome.option(i) >= 3 ? 1 : 0;
                }
                return new Evaluated(Map.of("size", size), 0);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }
}
