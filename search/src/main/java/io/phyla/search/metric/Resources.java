package io.phyla.search.metric;

import io.phyla.search.port.Artifacts;

/**
 * What an evaluation may use.
 *
 * @param artifacts registered data sets and tables
 * @param maxBytes native memory that one evaluation may take; more is refused before it is allocated
 */
public record Resources(Artifacts artifacts, long maxBytes) {}
