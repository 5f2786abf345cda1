package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Screen;
import io.phyla.search.strategy.Strategy;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A checked document: every name resolved, every default filled in.
 *
 * @param objectives in the document's order
 * @param evaluations the expensive evaluators to run, by name in order
 */
public record SearchSetup(
        SearchDocument document,
        SearchSpace space,
        Configured strategy,
        List<Objective> objectives,
        List<Wanted> evaluations,
        CheapMetrics cheap) {

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

    /** What proposals have to pass before they are evaluated, for one thread; empty if nothing. */
    public Optional<Screen> newScreen() {
        return evaluations.stream().flatMap(each -> each.screen(space).stream()).findFirst();
    }

    /** A strategy at its beginning. */
    public Strategy newStrategy() {
        return strategy.create(space, objectives.size(), document.window());
    }
}
