package io.phyla.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Cause;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.query.SearchQueries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier versions of the program have written is read by this one. */
class MigrationTest {

    @TempDir
    Path directory;

    @Test
    void searchesFromBeforeThereWereScreensGoOn() throws Exception {
        makeVersion3();
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            List<Entry> entries = new ArrayList<>();
            journal.replay("old", 0, entries::add);
            assertThat(entries)
                    .hasSize(2)
                    .extracting(each -> each.summary().tolls())
                    .containsOnly(Tolls.NONE);
            assertThat(entries.getLast()).isInstanceOfSatisfying(Entry.CandidateDone.class, done -> {
                assertThat(done.candidate().genome()).hasToString("0.3");
                assertThat(done.candidate().screened()).isEmpty();
                assertThat(done.candidate().cause()).isEqualTo(new Cause(Cause.Kind.TIMED_OUT, "slow"));
            });
            assertThat(new SearchQueries(database)
                            .find("old")
                            .orElseThrow()
                            .summary()
                            .tolls())
                    .isEqualTo(Tolls.NONE);
            Summary now = new Summary(
                    0,
                    1,
                    0,
                    0,
                    0,
                    2,
                    0,
                    null,
                    null,
                    new Tolls(Map.of("structure", 9L), Map.of(Cause.Kind.UNSTABLE, 2L)));
            Entry next = new Entry.StateChanged(3, SearchState.PAUSED, null, 0, now);
            journal.append("old", List.of(next)).toCompletableFuture().join();
            assertThat(new SearchQueries(database).find("old").orElseThrow().summary())
                    .isEqualTo(now);
        }
    }

    private void makeVersion3() throws Exception {
        String url = "jdbc:h2:async:" + directory.toAbsolutePath().resolve("phyla")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
        Flyway.configure().dataSource(url, null, null).target("3").load().migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                insert into search (id, name, document, created_at, updated_at, deleted, state, sequence, measured,
                  failed, rejected, duplicates, cost, seconds, front_size)
                values ('old', 'old', '{}', 1, 1, false, 'running', 2, 0, 1, 0, 0, 0, 1.5, 0)\
                """);
            statement.execute("""
                insert into state_change (sid, sequence, state, at, measured, failed, rejected, duplicates, cost,
                  seconds, front_size)
                select sid, 1, 'running', 1, 0, 0, 0, 0, 0, 0, 0 from search\
                """);
            statement.execute("""
                insert into candidate (sid, number, sequence, key_high, key_low, genome, operator, changes, state,
                  measurements, cause_kind, cause_detail, evaluation_cost, attempt, worker, milliseconds, finished_at,
                  joined, measured, failed, rejected, duplicates, cost, seconds, front_size)
                select sid, 0, 2, 1, 2, '0.3', 'random', '', 'failed', '', 'timed_out', 'slow', 0, 1, 'w', 5, 6, false,
                  0, 1, 0, 0, 0, 1.5, 0 from search\
                """);
        }
    }
}
