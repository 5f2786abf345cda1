package io.phyla.search.metric;

/**
 * Something measured of a design.
 *
 * @param name unique among all metrics, such as {@code naswot}
 * @param unit such as {@code parameters}, {@code bytes}, {@code %}; empty for a bare number
 * @param cheap known from the design alone; an expensive metric runs numbers
 */
public record Metric(String name, String unit, Direction direction, boolean cheap, String description) {}
