package io.phyla.search.run;

import io.phyla.search.candidate.Subject;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search in this process, as of now.
 *
 * @param sequence the newest durable entry's
 * @param inFlight evaluations handed out whose results are not durable yet: with none, the journal has everything
 * @param rate evaluations per second over the last ten seconds
 * @param reason why it ended; null while it has not
 * @param finish how far the last phase is; null before it has begun
 * @param halted why it stands still although the journal has no end of it; null while it goes on
 */
public record Live(
        SearchState state,
        @Nullable String reason,
        Summary summary,
        long sequence,
        int inFlight,
        double rate,
        @Nullable Finishing finish,
        @Nullable String halted) {

    /**
     * The last phase.
     *
     * @param subjects candidates, best first, then yardsticks
     * @param total evaluations of all of them
     */
    public record Finishing(List<Subject> subjects, int done, int total) {}
}
