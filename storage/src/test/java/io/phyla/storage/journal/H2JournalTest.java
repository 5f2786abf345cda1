package io.phyla.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import io.phyla.storage.query.SearchQueries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2JournalTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void replaysExactlyWhatWasAppended(long seed) {
        List<Entry> entries = Samples.entries(2500, seed);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            journal.create(Samples.header("b"));
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += 37) {
                List<Entry> part = entries.subList(from, Math.min(entries.size(), from + 37));
                done.add(journal.append("a", part).toCompletableFuture());
                if (from == 0) {
                    done.add(journal.append("b", part).toCompletableFuture());
                }
            }
            done.forEach(CompletableFuture::join);
            assertThat(replay(journal, "a", 0)).isEqualTo(entries);
        }
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            assertThat(replay(journal, "a", 0)).isEqualTo(entries);
            assertThat(replay(journal, "a", 1234)).isEqualTo(entries.subList(1234, entries.size()));
            assertThat(replay(journal, "b", 0)).isEqualTo(entries.subList(0, 37));
            assertThat(new SearchQueries(database).find("a").orElseThrow().summary())
                    .isEqualTo(entries.getLast().summary());
        }
    }

    private static List<Entry> replay(Journal journal, String search, long after) {
        List<Entry> entries = new ArrayList<>();
        journal.replay(search, after, entries::add);
        return entries;
    }

    @Test
    void keepsTheNewestSnapshotAndForgetsWhatIsDeleted() {
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            assertThat(journal.snapshot("a")).isEmpty();
            journal.save("a", new Journal.Snapshot(1, "{}"));
            journal.save("a", new Journal.Snapshot(2, "{\"next\":2}"));
            assertThat(journal.snapshot("a")).contains(new Journal.Snapshot(2, "{\"next\":2}"));
            journal.append("a", Samples.entries(3000, 9)).toCompletableFuture().join();
            journal.delete("a");
            assertThat(replay(journal, "a", 0)).isEmpty();
            assertThat(journal.snapshot("a")).isEmpty();
            assertThat(new SearchQueries(database).find("a")).isEmpty();
            journal.create(Samples.header("a"));
            assertThat(replay(journal, "a", 0)).isEmpty();
        }
    }

    @Test
    void refusesEverythingAfterAFailedCommitAndKeepsWhatWasAcknowledged() {
        List<Entry> entries = Samples.entries(20, 4);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            journal.append("a", entries.subList(0, 10)).toCompletableFuture().join();
            assertThatThrownBy(() -> journal.append("a", entries.subList(5, 15))
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("journal");
            assertThatThrownBy(() -> journal.append("a", entries.subList(10, 15))
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("since it failed");
        }
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            assertThat(replay(journal, "a", 0)).isEqualTo(entries.subList(0, 10));
        }
    }

    @Test
    void saysSoWhenTheDatabaseCannotBeOpened() throws Exception {
        try (Database _ = Database.open(directory)) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledWriter.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(other.getInputStream().readAllBytes())).contains("another process owns the database");
            other.waitFor();
        }
    }
}
