package io.phyla.search.metric;

import io.phyla.search.port.Artifacts;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to compute metrics, found by {@link java.util.ServiceLoader}.
 *
 * @param <P> the record of its parameters; JSON Schema, form and documentation are derived from it
 */
public interface Evaluator<P extends Record> {

    /** The name under which a search document configures it, such as {@code proxies}. */
    String name();

    /** Part of every result's provenance; raised when the same inputs give other numbers. */
    int version();

    /** The metrics it can compute; all cheap or all expensive. */
    List<Metric> metrics();

    Class<P> parameters();

    /** What makes these parameters unusable here (a data set that is not registered), found before any search starts. */
    default List<Problem> check(P parameters, Artifacts artifacts) {
        return List.of();
    }

    /** What makes a space's designs unusable with these parameters, which are otherwise good. */
    default List<Problem> check(P parameters, SearchSpace space, Artifacts artifacts) {
        return List.of();
    }

    /**
     * What throws out hopeless proposals before anything is spent on them, and finds those that are the same. A search has
     * one at most.
     */
    default Optional<Screen> screen(P parameters, SearchSpace space) {
        return Optional.empty();
    }

    /**
     * The parameters with every name of outside content replaced by {@link Artifacts#pinned}, so that a search means the
     * same after a restart with other files.
     */
    default P pin(P parameters, Artifacts artifacts) {
        return parameters;
    }

    /**
     * Makes ready to compute the wanted metrics: loads data and tables, holds native memory until closed.
     *
     * @param space what the designs to come are drawn from, for metrics that compare a design with others
     * @param wanted names out of {@link #metrics()}
     */
    Evaluation open(P parameters, SearchSpace space, Set<String> wanted, Resources resources);
}
