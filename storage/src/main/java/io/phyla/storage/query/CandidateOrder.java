package io.phyla.storage.query;

import org.jspecify.annotations.Nullable;

/**
 * How a list of candidates is sorted: {@code number}, {@code -number}, a metric or a metric with a minus.
 *
 * @param metric null to sort by number
 */
public record CandidateOrder(@Nullable String metric, boolean descending) {

    public static CandidateOrder parse(String text) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return new CandidateOrder(name.equals("number") ? null : name, descending);
    }
}
