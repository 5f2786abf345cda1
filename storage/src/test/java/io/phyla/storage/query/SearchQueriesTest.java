package io.phyla.storage.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.journal.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches newest first, and their summaries without counting. */
class SearchQueriesTest {

    private record Made(String id, long createdAt, int order, SearchState state) {}

    @TempDir
    Path directory;

    @Test
    void listsNewestFirstByStateInPages() {
        SplittableRandom random = new SplittableRandom(1);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            List<Made> made = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                SearchState state = SearchState.values()[random.nextInt(SearchState.values().length)];
                Made each = new Made("s" + i, 1000 + random.nextInt(8), i, state);
                journal.create(new Journal.Header(each.id(), "name", "{}", each.createdAt()));
                journal.append(each.id(), List.of(new Entry.StateChanged(1, state, null, 0, Summary.EMPTY)))
                        .toCompletableFuture()
                        .join();
                made.add(each);
            }
            journal.delete("s17");
            made.removeIf(each -> each.id().equals("s17"));
            made.sort(Comparator.comparingLong(Made::createdAt)
                    .thenComparingInt(Made::order)
                    .reversed());
            SearchQueries queries = new SearchQueries(database);
            for (int limit : new int[] {1, 7, 100}) {
                assertThat(walk(queries, null, limit))
                        .isEqualTo(made.stream().map(Made::id).toList());
                for (SearchState state : SearchState.values()) {
                    assertThat(walk(queries, state, limit))
                            .isEqualTo(made.stream()
                                    .filter(each -> each.state() == state)
                                    .map(Made::id)
                                    .toList());
                }
            }
        }
    }

    private static List<String> walk(SearchQueries queries, SearchState state, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<StoredSearch> page = queries.list(state, cursor, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(each -> ids.add(each.header().id()));
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return ids;
    }

    @Test
    void summaryIsTheNewestEntrysAndNothingIsLeftOutWhileItGrows() throws Exception {
        List<Entry> entries = Samples.entries(4000, 8);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            SearchQueries queries = new SearchQueries(database);
            Thread writing = Thread.ofVirtual().start(() -> {
                for (Entry each : entries) {
                    journal.append("a", List.of(each)).toCompletableFuture().join();
                }
            });
            List<Entry> read = new ArrayList<>();
            while (read.size() < entries.size()) {
                List<Entry> page =
                        queries.entries("a", read.isEmpty() ? 0 : read.getLast().sequence(), 50);
                read.addAll(page);
                assertThat(read.size())
                        .isEqualTo(read.isEmpty() ? 0 : (int) read.getLast().sequence());
            }
            writing.join();
            assertThat(read).isEqualTo(entries);
            StoredSearch search = queries.find("a").orElseThrow();
            assertThat(search.summary()).isEqualTo(entries.getLast().summary());
            assertThat(search.sequence()).isEqualTo(entries.getLast().sequence());
        }
    }
}
