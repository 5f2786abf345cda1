package io.phyla.storage.query;

import io.phyla.search.port.Journal;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import org.jspecify.annotations.Nullable;

/**
 * A search as the database has it.
 *
 * @param reason why it ended, or proposes nothing more; null while it may
 * @param finish how far its last phase is
 * @param sequence its newest entry's
 * @param updatedAt milliseconds since the epoch
 */
public record StoredSearch(
        Journal.Header header,
        SearchState state,
        @Nullable String reason,
        Summary summary,
        long sequence,
        long updatedAt,
        Finish finish) {

    /**
     * The last phase in a few numbers.
     *
     * @param total 0 before its first evaluation
     * @param cost counted work of its evaluations
     * @param milliseconds that workers spent on them
     */
    public record Finish(int done, int total, double cost, long milliseconds) {}
}
