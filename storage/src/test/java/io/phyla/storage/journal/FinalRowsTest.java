package io.phyla.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.query.SearchQueries;
import io.phyla.storage.query.StoredSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalRowsTest {

    private static final int COUNT = 12;

    @TempDir
    Path directory;

    private final List<Entry> entries = new ArrayList<>(Samples.entries(100, 5));

    FinalRowsTest() {
        entries.addAll(Samples.finish(entries, COUNT, 3));
    }

    private List<FinalEvaluation> finals(int count) {
        return entries.stream()
                .filter(Entry.FinalDone.class::isInstance)
                .map(each -> ((Entry.FinalDone) each).evaluation())
                .limit(count)
                .sorted(Comparator.comparingInt(FinalEvaluation::place).thenComparingInt(FinalEvaluation::repetition))
                .toList();
    }

    @Test
    void theLastPhaseIsReplayedExactlyAndCountedApart() {
        int half = entries.size() - 1 - COUNT / 2;
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            journal.append("a", entries.subList(0, half)).toCompletableFuture().join();
        }
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            assertThat(journal.unfinished()).as("it is taken up again").hasSize(1);
            SearchQueries queries = new SearchQueries(database);
            assertThat(queries.finals("a")).isEqualTo(finals(COUNT / 2));
            assertThat(queries.find("a").orElseThrow().state()).isEqualTo(SearchState.FINISHING);
            assertThat(queries.find("a").orElseThrow().reason()).isEqualTo("evaluations");
            journal.append("a", entries.subList(half, entries.size()))
                    .toCompletableFuture()
                    .join();
            List<Entry> replayed = new ArrayList<>();
            journal.replay("a", 0, replayed::add);
            assertThat(replayed).isEqualTo(entries);
            List<Entry> page = queries.entries("a", entries.size() - 5L, 3);
            assertThat(page).isEqualTo(entries.subList(entries.size() - 5, entries.size() - 2));
            assertThat(queries.finals("a")).isEqualTo(finals(COUNT));
            assertThat(queries.finals("b")).isEmpty();
            StoredSearch found = queries.find("a").orElseThrow();
            assertThat(found.summary()).isEqualTo(entries.getLast().summary());
            assertThat(found.finish())
                    .isEqualTo(new StoredSearch.Finish(
                            COUNT,
                            COUNT,
                            finals(COUNT).stream()
                                    .mapToDouble(FinalEvaluation::cost)
                                    .sum(),
                            finals(COUNT).stream()
                                    .mapToLong(each -> each.work().milliseconds())
                                    .sum()));
            assertThat(journal.unfinished()).isEmpty();
        }
    }

    @Test
    void itGoesWithItsSearch() throws InterruptedException {
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            journal.append("a", entries).toCompletableFuture().join();
            journal.delete("a");
            Sql sql = new Sql(database);
            for (int left = 1, tries = 0; left > 0; tries++) {
                assertThat(tries).isLessThan(1000);
                Thread.sleep(10);
                left = sql.connected(connection ->
                                Sql.select(connection, "select count(*) from final_evaluation", row -> row.getInt(1)))
                        .getFirst();
            }
        }
    }
}
