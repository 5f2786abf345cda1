package io.phyla.spaces;

/**
 * A kind of space, found by {@link java.util.ServiceLoader}.
 *
 * @param <P> the record of its parameters; JSON Schema, form and documentation are derived from it
 */
public interface SpaceProvider<P extends Record> {

    String name();

    String description();

    Class<P> parameters();

    /** @throws IllegalArgumentException if the parameters do not fit each other */
    SearchSpace create(P parameters);
}
