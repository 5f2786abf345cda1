package io.phyla.search.document;

import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.schema.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** Everything the program knows by name, found by {@link ServiceLoader} once. */
public final class Providers {

    private static final Map<String, SpaceProvider<?>> SPACES = load(SpaceProvider.class, SpaceProvider::name);
    private static final Map<String, StrategyProvider<?>> STRATEGIES =
            load(StrategyProvider.class, StrategyProvider::name);
    private static final Map<String, Evaluator<?>> EVALUATORS = load(Evaluator.class, Evaluator::name);
    private static final Map<String, Evaluator<?>> BY_METRIC = byMetric();
    private static final Map<String, Metric> METRICS = collectMetrics();

    private Providers() {}

    public static Map<String, SpaceProvider<?>> spaces() {
        return SPACES;
    }

    public static Map<String, StrategyProvider<?>> strategies() {
        return STRATEGIES;
    }

    public static Map<String, Evaluator<?>> evaluators() {
        return EVALUATORS;
    }

    public static Map<String, Metric> metrics() {
        return METRICS;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static SpaceProvider<?> space(String name) {
        return named("space", SPACES, name);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static StrategyProvider<?> strategy(String name) {
        return named("strategy", STRATEGIES, name);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Evaluator<?> evaluator(String name) {
        return named("evaluator", EVALUATORS, name);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Metric metric(String name) {
        return named("metric", METRICS, name);
    }

    private static <T> T named(String kind, Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(Nearest.unknown(kind, name, all.keySet()));
        }
        return found;
    }

    private static Map<String, Metric> collectMetrics() {
        Map<String, Metric> metrics = new TreeMap<>();
        EVALUATORS.values().forEach(each -> each.metrics().forEach(metric -> metrics.put(metric.name(), metric)));
        return metrics;
    }

    /** The evaluator that computes a metric, by the metric's name. */
    public static Map<String, Evaluator<?>> evaluatorByMetric() {
        return BY_METRIC;
    }

    private static Map<String, Evaluator<?>> byMetric() {
        Map<String, Evaluator<?>> found = new TreeMap<>();
        for (Evaluator<?> evaluator : EVALUATORS.values()) {
            for (Metric metric : evaluator.metrics()) {
                Evaluator<?> other = found.put(metric.name(), evaluator);
                if (other != null) {
                    throw new IllegalStateException(
                            "metric " + metric.name() + " belongs to " + other.name() + " and to " + evaluator.name());
                }
            }
        }
        return found;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Map<String, T> load(Class type, Function<T, String> name) {
        Map<String, T> found = new LinkedHashMap<>();
        for (Object provider : ServiceLoader.load(type)) {
            T each = (T) provider;
            if (found.put(name.apply(each), each) != null) {
                throw new IllegalStateException("two implementations of " + type + " are named " + name.apply(each));
            }
        }
        return new TreeMap<>(found);
    }
}
