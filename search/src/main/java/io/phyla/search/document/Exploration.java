package io.phyla.search.document;

import io.phyla.search.lineage.Effort;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Looks at the cheap metrics of a space: at every design if there are few, else by coordinate descent towards the
 * smallest and the largest value of each metric from several seeded starts. Work is bounded by the layers built, so the
 * result does not depend on how fast the machine is.
 */
final class Exploration {

    private static final BigInteger MOST_DESIGNS = BigInteger.valueOf(20_000);
    private static final long MOST_LAYERS = 4_000_000;
    private static final long MOST_LAYERS_OF_A_DESCENT = 1_500_000;
    private static final int STARTS = 4;
    private static final int ROUNDS = 4;

    private final SearchSpace space;
    private final CheapMetrics cheap;
    private final Map<String, double[]> ranges = new TreeMap<>();
    private final List<Map<String, Double>> all = new ArrayList<>();
    private boolean exact;
    private long layers;

    private Exploration(SearchSpace space, CheapMetrics cheap) {
        this.space = space;
        this.cheap = cheap;
    }

    static Exploration of(SearchSpace space, CheapMetrics cheap) {
        Exploration exploration = new Exploration(space, cheap);
        exploration.explore();
        return exploration;
    }

    /** Whether every design was looked at. */
    boolean exact() {
        return exact;
    }

    /** Smallest and largest value by metric. */
    Map<String, double[]> ranges() {
        return ranges;
    }

    /** If exact, the value of every design by metric, in one order of designs; else nothing. */
    Map<String, double[]> values() {
        Map<String, double[]> values = new TreeMap<>();
        for (String metric : all.isEmpty() ? List.<String>of() : List.copyOf(ranges.keySet())) {
            values.put(
                    metric,
                    all.stream()
                            .mapToDouble(each -> each.getOrDefault(metric, Double.NaN))
                            .toArray());
        }
        return values;
    }

    private void explore() {
        Genome first = space.sample(new SplittableRandom(1));
        long perDesign = Effort.of(space, first);
        exact = space.size().compareTo(MOST_DESIGNS) <= 0 && space.size().longValueExact() * perDesign <= MOST_LAYERS;
        if (exact) {
            enumerate(new int[space.decisions().size()], 0);
        } else {
            descend(perDesign);
        }
    }

    /** Decisions that do not exist under the options before them stay at 0, so that every design comes once. */
    private void enumerate(int[] options, int decision) {
        if (decision == options.length) {
            Genome genome = Genome.of(options);
            if (space.canonical(genome).equals(genome)) {
                all.add(note(genome));
            }
            return;
        }
        boolean active = space.tree().active(Genome.of(options))[decision];
        int count = active ? space.decisions().get(decision).options().size() : 1;
        for (int option = 0; option < count; option++) {
            options[decision] = option;
            enumerate(options, decision + 1);
        }
        options[decision] = 0;
    }

    private void descend(long perDesign) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> metrics = List.copyOf(note(space.sample(random)).keySet());
        long most = MOST_LAYERS_OF_A_DESCENT / Math.max(1, 2 * metrics.size());
        for (String metric : metrics) {
            for (int sign : new int[] {1, -1}) {
                layers = 0;
                for (int start = 0; start < STARTS && layers < most; start++) {
                    descend(space.sample(random), metric, sign, perDesign, most);
                }
            }
        }
    }

    private void descend(Genome genome, String metric, int sign, long perDesign, long most) {
        double best = sign * value(genome, metric);
        for (int round = 0; round < ROUNDS; round++) {
            double before = best;
            for (int decision = 0; decision < genome.size(); decision++) {
                int count = space.decisions().get(decision).options().size();
                for (int option = 0; option < count && layers < most; option++) {
                    Genome next = space.canonical(genome.with(decision, option));
                    if (next.equals(genome)) {
                        continue;
                    }
                    layers += perDesign;
                    double value = sign * value(next, metric);
                    if (value < best) {
                        best = value;
                        genome = next;
                    }
                }
            }
            if (best == before) {
                return;
            }
        }
    }

    private double value(Genome genome, String metric) {
        return note(genome).getOrDefault(metric, Double.NaN);
    }

    private Map<String, Double> note(Genome genome) {
        Map<String, Double> values = cheap.of(genome);
        values.forEach((metric, value) -> {
            double[] range = ranges.computeIfAbsent(metric, _ -> new double[] {value, value});
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        });
        return values;
    }
}
