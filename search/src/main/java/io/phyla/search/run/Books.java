package io.phyla.search.run;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.document.SearchSetup.Objective;
import io.phyla.search.front.ParetoArchive;
import io.phyla.search.metric.Screen;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Entry.FinalDone;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers every entry of a search and keeps front, best and counters in step with it. */
final class Books {

    private final List<Objective> objectives;
    private final ParetoArchive front = new ParetoArchive();
    private Summary summary;
    private long sequence;
    private SearchState state = SearchState.RUNNING;
    private @Nullable String reason;
    private @Nullable String searched;

    Books(SearchSetup setup) {
        objectives = setup.objectives();
        List<String> stages = setup.newScreen().map(Screen::stages).orElse(List.of());
        summary = new Summary(0, 0, 0, 0, 0, 0, 0, null, null, Tolls.of(stages));
    }

    /** The objectives turned so that more is better; empty if the candidate has none. */
    double[] gains(Candidate candidate) {
        if (candidate.state() != CandidateState.MEASURED) {
            return new double[0];
        }
        return objectives.stream()
                .mapToDouble(each -> each.direction().gain(candidate.value(each.metric())))
                .toArray();
    }

    /** Enters a candidate. */
    CandidateDone enter(Candidate candidate, double seconds) {
        ParetoArchive.Change change = new ParetoArchive.Change(false, List.of());
        Long best = summary.best();
        Double bestValue = summary.bestValue();
        if (candidate.state() == CandidateState.MEASURED) {
            change = front.add(candidate.number(), gains(candidate));
            double value = candidate.value(objectives.getFirst().metric());
            if (best == null || bestValue == null || better(candidate.number(), value, best, bestValue)) {
                best = candidate.number();
                bestValue = value;
            }
        }
        summary = new Summary(
                summary.measured() + one(candidate, CandidateState.MEASURED),
                summary.failed() + one(candidate, CandidateState.FAILED),
                summary.rejected() + one(candidate, CandidateState.REJECTED),
                summary.duplicates() + one(candidate, CandidateState.DUPLICATE),
                summary.cost() + candidate.cost(),
                seconds,
                front.size(),
                best,
                bestValue,
                summary.tolls().with(candidate));
        return new CandidateDone(++sequence, candidate, change.joined(), change.left(), summary);
    }

    /** Among equals the earliest proposal is best, whenever it came back. */
    private boolean better(long number, double value, long best, double bestValue) {
        double gain = objectives.getFirst().direction().gain(value);
        double bestGain = objectives.getFirst().direction().gain(bestValue);
        return gain > bestGain || gain == bestGain && number < best;
    }

    private static long one(Candidate candidate, CandidateState counted) {
        return candidate.state() == counted ? 1 : 0;
    }

    /** Enters a change of state. */
    StateChanged enter(SearchState next, @Nullable String why, double seconds, long now) {
        become(next, why);
        summary = summary.withSeconds(seconds);
        return new StateChanged(++sequence, next, why, now, summary);
    }

    /** Enters an evaluation of the last phase, which changes no count of the search. */
    FinalDone enter(FinalEvaluation evaluation, int done, int total) {
        return new FinalDone(++sequence, evaluation, done, total, summary);
    }

    /** Takes over an entry that was made before this process started. */
    void replay(Entry entry) {
        sequence = entry.sequence();
        summary = entry.summary();
        switch (entry) {
            case CandidateDone done -> {
                if (done.joined()) {
                    front.add(done.candidate().number(), gains(done.candidate()));
                }
            }
            case StateChanged changed -> {
                become(changed.state(), changed.reason());
            }
            case FinalDone _ -> {
                // It is counted by whoever evaluates it.
            }
        }
    }

    private void become(SearchState next, @Nullable String why) {
        state = next;
        reason = why;
        searched = next == SearchState.FINISHING ? why : searched;
    }

    /** Why nothing more is proposed, once the last phase has begun; null before. */
    @Nullable
    String searched() {
        return searched;
    }

    Summary summary() {
        return summary;
    }

    long sequence() {
        return sequence;
    }

    SearchState state() {
        return state;
    }

    @Nullable
    String reason() {
        return reason;
    }
}
