package io.phyla.search.candidate;

import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proposed genome and what became of it. Everything but {@link #work} is a function of the search document.
 *
 * @param number the proposal's number in its search, from 0
 * @param genome as the strategy wrote it
 * @param measurements metric name to value, cheap metrics always among them unless the genome is a duplicate
 * @param cause present if and only if the state is FAILED or REJECTED
 * @param duplicateOf present if and only if the state is DUPLICATE
 * @param cost counted work of the evaluation, 0 if there was none
 * @param screened what was drawn for this number before and thrown away: how many fell to which stage of the screen, in
 *     order of stages; empty if nothing did
 */
public record Candidate(
        long number,
        Key key,
        Genome genome,
        Origin origin,
        CandidateState state,
        Map<String, Double> measurements,
        @Nullable Cause cause,
        @Nullable Long duplicateOf,
        double cost,
        Map<String, Integer> screened,
        Work work) {

    /**
     * What differs from run to run: who did it, which try succeeded, how long it took.
     *
     * @param attempt from 1; 0 if nothing was evaluated
     * @param worker the worker's name; empty if nothing was evaluated
     * @param finishedAt milliseconds since the epoch
     */
    public record Work(int attempt, String worker, long milliseconds, long finishedAt) {

        /** Nothing was evaluated. */
        public static final Work NONE = new Work(0, "", 0, 0);
    }

    public Candidate {
        measurements = Map.copyOf(measurements);
        screened = Collections.unmodifiableMap(new LinkedHashMap<>(screened));
    }

    /** @throws NullPointerException if the candidate has no such measurement */
    public double value(String metric) {
        return Objects.requireNonNull(measurements.get(metric), metric);
    }
}
