package io.phyla.spaces;

import io.phyla.spaces.schema.Problem;
import java.util.List;

/**
 * A kind of space, found by {@link java.util.ServiceLoader}.
 *
 * @param <P> the record of its parameters; JSON Schema, form and documentation are derived from it
 */
public interface SpaceProvider<P extends Record> {

    String name();

    String description();

    Class<P> parameters();

    /**
     * What is wrong with parameters although each by itself is right, with pointers into them; may take a second. Asked when
     * a search is submitted, not every time its space is made.
     */
    default List<Problem> check(P parameters) {
        return List.of();
    }

    /** @throws IllegalArgumentException if the parameters do not fit each other */
    SearchSpace create(P parameters);
}
