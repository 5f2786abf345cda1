package io.phyla.search.document;

import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The range of every cheap metric over a space: exact where all designs can be looked at, else what descent found. */
public final class Reach {

    private static final BigInteger ENUMERABLE = BigInteger.valueOf(20_000);
    private static final int STARTS = 4;
    private static final int ROUNDS = 4;
    private static final int REMEMBERED = 16;

    private static final Map<String, Map<String, Range>> CACHE =
            new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Map<String, Range>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private final SearchSpace space;
    private final CheapMetrics cheap;
    private final Map<String, double[]> ranges = new TreeMap<>();

    private Reach(SearchSpace space, CheapMetrics cheap) {
        this.space = space;
        this.cheap = cheap;
    }

    /**
     * A metric's smallest and largest value.
     *
     * @param exact false if there may be smaller or larger ones
     */
    public record Range(double min, double max, boolean exact) {}

    /** Metric name to range. */
    public static Map<String, Range> of(SearchSpace space, CheapMetrics cheap) {
        String key = space.name() + space.parameters();
        synchronized (CACHE) {
            Map<String, Range> known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        Map<String, Range> found = new Reach(space, cheap).find();
        synchronized (CACHE) {
            CACHE.put(key, found);
        }
        return found;
    }

    private Map<String, Range> find() {
        boolean exact = space.size().compareTo(ENUMERABLE) <= 0;
        if (exact) {
            enumerate(new int[space.decisions().size()], 0);
        } else {
            descend();
        }
        Map<String, Range> result = new TreeMap<>();
        ranges.forEach((metric, range) -> result.put(metric, new Range(range[0], range[1], exact)));
        return result;
    }

    private void enumerate(int[] options, int decision) {
        if (decision == options.length) {
            Genome genome = Genome.of(options);
            if (space.tree().canonical(genome).equals(genome)) {
                note(cheap.of(genome));
            }
            return;
        }
        int count = space.decisions().get(decision).options().size();
        for (options[decision] = 0; options[decision] < count; options[decision]++) {
            enumerate(options, decision + 1);
        }
        options[decision] = 0;
    }

    private void descend() {
        SplittableRandom random = new SplittableRandom(1);
        note(cheap.of(space.sample(random)));
        for (String metric : ranges.keySet().toArray(String[]::new)) {
            for (int start = 0; start < STARTS; start++) {
                descend(space.sample(random), metric, 1);
                descend(space.sample(random), metric, -1);
            }
        }
    }

    private void descend(Genome genome, String metric, int sign) {
        double best = sign * noted(genome).get(metric);
        for (int round = 0; round < ROUNDS; round++) {
            double before = best;
            for (int decision = 0; decision < genome.size(); decision++) {
                int count = space.decisions().get(decision).options().size();
                for (int option = 0; option < count; option++) {
                    Genome next = genome.with(decision, option);
                    double value = sign * noted(next).get(metric);
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

    private Map<String, Double> noted(Genome genome) {
        Map<String, Double> values = cheap.of(genome);
        note(values);
        return values;
    }

    private void note(Map<String, Double> values) {
        values.forEach((metric, value) -> {
            double[] range = ranges.computeIfAbsent(
                    metric, _ -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        });
    }
}
