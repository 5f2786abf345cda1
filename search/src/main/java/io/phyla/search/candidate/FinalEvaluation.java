package io.phyla.search.candidate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of the last phase. Everything but {@link #work} is a function of the search document.
 *
 * @param place of the subject among all of the phase, from 0: candidates, best first, then yardsticks
 * @param repetition which of the subject's evaluations, from 0
 * @param seed derived from the search's seed, the subject and the repetition
 * @param measurements metric name to value; what is undefined is left out
 * @param cause why it has no measurements, or not all; null if it has
 * @param cost counted work
 */
public record FinalEvaluation(
        Subject subject,
        int place,
        int repetition,
        long seed,
        Map<String, Double> measurements,
        @Nullable Cause cause,
        double cost,
        Candidate.Work work) {

    public FinalEvaluation {
        measurements = Map.copyOf(measurements);
    }
}
