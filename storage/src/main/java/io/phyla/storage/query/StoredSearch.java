package io.phyla.storage.query;

import io.phyla.search.port.Journal;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import org.jspecify.annotations.Nullable;

/**
 * A search as the database has it.
 *
 * @param reason why it ended; null while it has not
 * @param sequence its newest entry's
 * @param updatedAt milliseconds since the epoch
 */
public record StoredSearch(
        Journal.Header header,
        SearchState state,
        @Nullable String reason,
        Summary summary,
        long sequence,
        long updatedAt) {}
