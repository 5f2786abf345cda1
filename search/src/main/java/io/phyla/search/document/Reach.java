package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.spaces.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What the cheap metrics of a space can be: exact where all designs can be looked at, else what a descent found. Spaces
 * looked at lately are remembered.
 */
public final class Reach {

    private static final int REMEMBERED = 16;

    private static final Map<String, FutureTask<Reach>> CACHE = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FutureTask<Reach>> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final boolean exact;
    private final Map<String, double[]> values;
    private final Map<String, Range> ranges = new TreeMap<>();

    private Reach(Exploration exploration) {
        exact = exploration.exact();
        exploration.ranges().forEach((metric, range) -> ranges.put(metric, new Range(range[0], range[1], exact)));
        values = exploration.values();
    }

    /**
     * A metric's smallest and largest value.
     *
     * @param exact false if there may be smaller or larger ones
     */
    public record Range(double min, double max, boolean exact) {}

    /** Looks at the space, which takes a fraction of a second the first time; who asks meanwhile waits for the same. */
    public static Reach of(SearchSpace space, CheapMetrics cheap) {
        String key = space.name() + space.parameters();
        FutureTask<Reach> task;
        synchronized (CACHE) {
            task = CACHE.computeIfAbsent(key, _ -> new FutureTask<>(() -> new Reach(Exploration.of(space, cheap))));
        }
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            synchronized (CACHE) {
                CACHE.remove(key, task);
            }
            throw new IllegalStateException("space " + space.name() + " cannot be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at space " + space.name(), e);
        }
    }

    /** Metric name to range. */
    public Map<String, Range> ranges() {
        return ranges;
    }

    /** Whether it is certain that no design meets all constraints. */
    boolean impossible(List<Constraint> constraints) {
        if (constraints.stream().anyMatch(each -> constraints.stream().anyMatch(other -> excludes(each, other)))) {
            return true;
        }
        if (!exact) {
            return false;
        }
        int designs =
                values.values().stream().mapToInt(each -> each.length).max().orElse(0);
        for (int design = 0; design < designs; design++) {
            int it = design;
            if (constraints.stream()
                    .allMatch(each -> meets(Objects.requireNonNull(values.get(each.metric()))[it], each))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one metric would have to be above a bound and below a smaller one. */
    private static boolean excludes(Constraint each, Constraint other) {
        return each.metric().equals(other.metric())
                && each.min() != null
                && other.max() != null
                && each.min() > other.max();
    }

    private static boolean meets(double value, Constraint constraint) {
        return (constraint.min() == null || value >= constraint.min())
                && (constraint.max() == null || value <= constraint.max());
    }
}
