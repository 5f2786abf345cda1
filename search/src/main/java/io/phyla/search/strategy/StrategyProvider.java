package io.phyla.search.strategy;

import io.phyla.spaces.SearchSpace;

/**
 * A kind of strategy, found by {@link java.util.ServiceLoader}.
 *
 * @param <P> the record of its parameters; JSON Schema, form and documentation are derived from it
 */
public interface StrategyProvider<P extends Record> {

    String name();

    String description();

    Class<P> parameters();

    /** Whether it optimises all objectives; a single-objective strategy looks at the first only. */
    boolean multiObjective();

    /**
     * @param window how many of the newest results a proposal does not see (sliding), or how many proposals form a
     *     generation (generational)
     */
    Strategy create(P parameters, SearchSpace space, int objectives, int window);
}
