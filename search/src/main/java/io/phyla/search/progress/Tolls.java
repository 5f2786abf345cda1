package io.phyla.search.progress;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Cause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every stage of a search took so far; never falls. With duplicates and measured candidates it adds up to everything
 * that was drawn.
 *
 * @param screened proposals thrown away before they became candidates, by the screen's stage in the screen's order; empty
 *     if the search has no screen
 * @param causes candidates without measurements, by what happened
 */
public record Tolls(Map<String, Long> screened, Map<Cause.Kind, Long> causes) {

    public static final Tolls NONE = new Tolls(Map.of(), Map.of());

    public Tolls {
        screened = Collections.unmodifiableMap(new LinkedHashMap<>(screened));
        Map<Cause.Kind, Long> ordered = new EnumMap<>(Cause.Kind.class);
        ordered.putAll(causes);
        causes = Collections.unmodifiableMap(ordered);
    }

    /** Nothing taken yet. */
    public static Tolls of(List<String> stages) {
        Map<String, Long> screened = new LinkedHashMap<>();
        stages.forEach(stage -> screened.put(stage, 0L));
        return new Tolls(screened, Map.of());
    }

    /** The same after one more candidate. */
    public Tolls with(Candidate candidate) {
        Cause cause = candidate.cause();
        if (candidate.screened().isEmpty() && cause == null) {
            return this;
        }
        Map<String, Long> fallen = new LinkedHashMap<>(screened);
        candidate.screened().forEach((stage, count) -> fallen.merge(stage, (long) count, Long::sum));
        Map<Cause.Kind, Long> counted = new EnumMap<>(Cause.Kind.class);
        counted.putAll(causes);
        if (cause != null) {
            counted.merge(cause.kind(), 1L, Long::sum);
        }
        return new Tolls(fallen, counted);
    }
}
