package io.phyla.search.run;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.run.Proposals.Step.Evaluate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what came back from a worker into a candidate. */
final class Results {

    private final SearchSetup setup;

    Results(SearchSetup setup) {
        this.setup = setup;
    }

    Candidate candidate(Evaluate asked, Outcome outcome, long now) {
        return switch (outcome) {
            case Outcome.Measured measured -> measured(asked, measured, now);
            case Outcome.Failed failed ->
                candidate(
                        asked,
                        CandidateState.FAILED,
                        asked.cheap(),
                        failed.cause(),
                        0,
                        new Candidate.Work(failed.attempt(), failed.worker(), failed.milliseconds(), now));
        };
    }

    /** The result of a candidate whose metrics all follow from its design. */
    Candidate cheap(Evaluate asked) {
        Optional<Cause> undefined = undefined(asked.cheap());
        return candidate(
                asked,
                undefined.isPresent() ? CandidateState.FAILED : CandidateState.MEASURED,
                asked.cheap(),
                undefined.orElse(null),
                0,
                Candidate.Work.NONE);
    }

    /** An undefined objective fails the candidate; any other undefined metric is only left out. */
    private Candidate measured(Evaluate asked, Outcome.Measured measured, long now) {
        boolean counted = Double.isFinite(measured.cost()) && measured.cost() >= 0;
        Map<String, Double> values = new TreeMap<>(asked.cheap());
        measured.values().forEach((metric, value) -> {
            if (Double.isFinite(value)) {
                values.put(metric, value);
            }
        });
        Optional<Cause> undefined = counted ? undefined(values) : Optional.of(uncounted(measured.cost()));
        return candidate(
                asked,
                undefined.isPresent() ? CandidateState.FAILED : CandidateState.MEASURED,
                values,
                undefined.orElse(null),
                counted ? measured.cost() : 0,
                new Candidate.Work(measured.attempt(), measured.worker(), measured.milliseconds(), now));
    }

    static Cause uncounted(double cost) {
        return new Cause(Cause.Kind.EVALUATION_FAILED, "its cost is no amount of work: " + cost);
    }

    private Optional<Cause> undefined(Map<String, Double> values) {
        return setup.objectives().stream()
                .map(SearchSetup.Objective::metric)
                .filter(metric -> !values.containsKey(metric))
                .findFirst()
                .map(metric ->
                        new Cause(Cause.Kind.NON_FINITE, "objective " + metric + " is undefined for this design"));
    }

    private static Candidate candidate(
            Evaluate asked,
            CandidateState state,
            Map<String, Double> values,
            @Nullable Cause cause,
            double cost,
            Candidate.Work work) {
        return new Candidate(
                asked.number(),
                asked.key(),
                asked.proposal().genome(),
                asked.proposal().origin(),
                state,
                values,
                cause,
                null,
                cost,
                asked.screened(),
                work);
    }
}
