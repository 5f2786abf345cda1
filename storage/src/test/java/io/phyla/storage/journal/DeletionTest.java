package io.phyla.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is erased, if not now then after the next start, and nothing else is. */
@Timeout(120)
class DeletionTest {

    private static final List<String> TABLES =
            List.of("search", "candidate", "measurement", "lineage", "front", "state_change", "snapshot");

    @TempDir
    Path directory;

    @Test
    void erasesAllOfASearchAndNothingOfAnother() {
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            fill(journal, "kept");
            List<Long> alone = rows(database);
            fill(journal, "a");
            journal.delete("a");
            awaitRows(database, alone);
        }
    }

    @Test
    void goesOnAfterARestart() {
        List<Long> alone;
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            fill(journal, "kept");
            alone = rows(database);
            fill(journal, "a");
            journal.write(connection -> Sql.update(connection, "update search set deleted = true where id = 'a'"));
        }
        try (Database database = Database.open(directory);
                H2Journal _ = new H2Journal(database)) {
            awaitRows(database, alone);
        }
    }

    private static void fill(H2Journal journal, String id) {
        journal.create(Samples.header(id));
        journal.append(id, Samples.entries(2500, 3)).toCompletableFuture().join();
        journal.save(id, new io.phyla.search.port.Journal.Snapshot(1, "{}"));
    }

    private static List<Long> rows(Database database) {
        return new Sql(database).connected(connection -> {
            List<Long> counts = new java.util.ArrayList<>();
            for (String table : TABLES) {
                counts.addAll(Sql.select(connection, "select count(*) from " + table, row -> row.getLong(1)));
            }
            return counts;
        });
    }

    private static void awaitRows(Database database, List<Long> expected) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        List<Long> rows = rows(database);
        while (!rows.equals(expected)) {
            assertThat(System.nanoTime())
                    .as("rows of %s: %s, not %s", TABLES, rows, expected)
                    .isLessThan(deadline);
            rows = rows(database);
        }
    }
}
