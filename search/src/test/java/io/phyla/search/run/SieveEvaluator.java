package io.phyla.search.run;

import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.metric.Screen;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Param;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An evaluator with a screen, for tests: genomes pass whose sum of options leaves 1 when divided by {@code modulus}, and the
 * order of options does not matter. Its metric is the sum.
 */
public class SieveEvaluator implements Evaluator<SieveEvaluator.Parameters> {

    public record Parameters(
            @Param(description = "What sums are divided by; 0 lets none through.", min = 0, byDefault = "3")
            int modulus) {}

    private final String name;

    public SieveEvaluator() {
        this("sieve");
    }

    SieveEvaluator(String name) {
        this.name = name;
    }

    /** The same under another name, for documents that ask for two. */
    public static final class Second extends SieveEvaluator {
        public Second() {
            super("second-sieve");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(name.replace('-', '_') + "_sum", "", Direction.MAXIMIZE, false, "sum of options"));
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Optional<Screen> screen(Parameters parameters, SearchSpace space) {
        return Optional.of(new Sieve(parameters.modulus()));
    }

    /** Odd sums that do not pass fall first. */
    private record Sieve(int modulus) implements Screen {

        @Override
        public List<String> stages() {
            return List.of("odd", "even");
        }

        @Override
        public Verdict judge(Genome genome, Design design) {
            int sum = sum(genome);
            if (modulus == 0 || sum % modulus != 1) {
                return new Verdict.Rejected(sum % 2 == 1 ? "odd" : "even");
            }
            int[] sorted = genome.toArray();
            Arrays.sort(sorted);
            return new Verdict.Passed(Key.of(Arrays.toString(sorted)));
        }
    }

    static int sum(Genome genome) {
        return Arrays.stream(genome.toArray()).sum();
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Evaluation() {
            @Override
            public Evaluated evaluate(Genome genome, Design design, long seed) {
                return new Evaluated(Map.of(metrics().getFirst().name(), (double) sum(genome)), 1);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }
}
