package io.phyla.spaces;

import org.jspecify.annotations.Nullable;

/**
 * A bound on a cheap metric that belongs to a space; at least one end is there.
 *
 * @param pointer where it stands in the space's parameters, for messages
 */
public record Bound(
        String pointer,
        String metric,
        @Nullable Double min,
        @Nullable Double max) {}
