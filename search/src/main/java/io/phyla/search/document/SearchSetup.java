package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Screen;
import io.phyla.search.strategy.Strategy;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checked document: every name resolved, every default filled in.
 *
 * @param objectives in the document's order
 * @param evaluations the expensive evaluators to run, by name in order
 * @param finish the last phase; null if there is none
 */
public record SearchSetup(
        SearchDocument document,
        SearchSpace space,
        Configured strategy,
        List<Objective> objectives,
        List<Wanted> evaluations,
        CheapMetrics cheap,
        @Nullable Finish finish) {

    /** A metric to optimise and which way. */
    public record Objective(String metric, String unit, Direction direction) {}

    /** An expensive evaluator, its parameters and the metrics wanted of it. */
    public record Wanted(Evaluator<?> evaluator, Record parameters, Set<String> metrics) {

        Optional<Screen> screen(SearchSpace space) {
            return screen(evaluator, space);
        }

        private <P extends Record> Optional<Screen> screen(Evaluator<P> typed, SearchSpace space) {
            return typed.screen(typed.parameters().cast(parameters), space);
        }
    }

    /**
     * The last phase.
     *
     * @param best how many candidates are evaluated again
     * @param seeds how often each of them, and each yardstick
     * @param evaluations as those of the search
     * @param metrics what they are to give, in the document's order
     * @param yardsticks names out of {@link SearchSpace#yardsticks}
     */
    public record Finish(
            int best, int seeds, List<Wanted> evaluations, List<String> metrics, List<String> yardsticks) {}

    /** A strategy and its parameters. */
    public record Configured(StrategyProvider<?> provider, Record parameters) {

        Strategy create(SearchSpace space, int objectives, int window) {
            return create(provider, space, objectives, window);
        }

        private <P extends Record> Strategy create(
                StrategyProvider<P> typed, SearchSpace space, int objectives, int window) {
            return typed.create(typed.parameters().cast(parameters), space, objectives, window);
        }
    }

    /** The document's constraints and the space's own. */
    public List<Constraint> constraints() {
        return Stream.concat(
                        document.constraints().stream(), space.bounds().stream().map(Constraint::of))
                .toList();
    }

    /** The genomes of the first proposals. */
    public List<Genome> start() {
        Map<String, Genome> known = space.known();
        return document.start().stream()
                .map(name -> Objects.requireNonNull(known.get(name), name))
                .toList();
    }

    /** What proposals have to pass before they are evaluated, for one thread; empty if nothing. */
    public Optional<Screen> newScreen() {
        return evaluations.stream().flatMap(each -> each.screen(space).stream()).findFirst();
    }

    /** A strategy at its beginning. */
    public Strategy newStrategy() {
        return strategy.create(space, objectives.size(), document.window());
    }
}
