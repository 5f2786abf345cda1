package io.phyla.storage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingJournal.Header;
import io.phyla.search.training.TrainingJournal.Unfinished;
import io.phyla.search.training.TrainingState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.query.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2TrainingJournalTest {

    private static final int POINTS = 2500;
    private static final String WEIGHTS = "ab".repeat(32);

    @TempDir
    Path directory;

    /** A database with its journals open. */
    private record Opened(Database database, H2Journal journal, H2TrainingJournal trainings) implements AutoCloseable {

        static Opened in(Path directory) {
            Database database = Database.open(directory);
            H2Journal journal = new H2Journal(database);
            return new Opened(database, journal, new H2TrainingJournal(database, journal));
        }

        TrainingQueries queries() {
            return new TrainingQueries(database);
        }

        void append(String id, List<Entry> entries) {
            trainings.append(id, entries).toCompletableFuture().join();
        }

        @Override
        public void close() {
            journal.close();
            database.close();
        }
    }

    private static List<Entry> read(TrainingQueries queries, String id) {
        List<Entry> all = new ArrayList<>();
        List<Entry> page = queries.entries(id, 0, 400);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = queries.entries(id, page.getLast().sequence(), 400);
        }
        return all;
    }

    @Test
    void givesBackExactlyWhatWasAppended() {
        List<Entry> entries = TrainingSamples.entries(POINTS, TrainingState.FINISHED, WEIGHTS);
        try (Opened opened = Opened.in(directory)) {
            opened.trainings().create(TrainingSamples.header("a", 5));
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += 37) {
                List<Entry> part = entries.subList(from, Math.min(entries.size(), from + 37));
                done.add(opened.trainings().append("a", part).toCompletableFuture());
            }
            done.forEach(CompletableFuture::join);
        }
        try (Opened opened = Opened.in(directory)) {
            assertThat(read(opened.queries(), "a")).isEqualTo(entries);
            StoredTraining stored = opened.queries().find("a").orElseThrow();
            assertThat(stored.standing().state()).isEqualTo(TrainingState.FINISHED);
            assertThat(stored.standing().newest()).isEqualTo(TrainingSamples.point(POINTS, POINTS));
            assertThat(stored.standing().weights()).isEqualTo(WEIGHTS);
            assertThat(stored.standing().sequence()).isEqualTo(POINTS + 3);
            assertThat(opened.trainings().standing("a")).contains(stored.standing());
            assertThat(opened.queries().curve("a", 10, 3))
                    .containsExactly(
                            TrainingSamples.point(11, POINTS),
                            TrainingSamples.point(12, POINTS),
                            TrainingSamples.point(13, POINTS));
            assertThat(opened.queries().network("a")).contains("{\"nodes\":[]}");
        }
    }

    @Test
    void listsNewestFirstPageByPageAndTakesUpWhatHasNotEnded() {
        try (Opened opened = Opened.in(directory)) {
            for (int i = 0; i < 7; i++) {
                opened.trainings().create(TrainingSamples.header("t" + i, 100 + i / 2));
                TrainingState end = i % 2 == 0 ? TrainingState.PAUSED : TrainingState.CANCELLED;
                opened.append("t" + i, TrainingSamples.entries(3, end, null));
            }
            List<String> seen = new ArrayList<>();
            String cursor = null;
            do {
                Page<StoredTraining> page = opened.queries().list(null, cursor, 3);
                page.items().forEach(each -> seen.add(each.id()));
                cursor = page.next().orElse(null);
            } while (cursor != null);
            assertThat(seen).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
            assertThat(opened.queries().list(TrainingState.PAUSED, null, 10).items())
                    .extracting(StoredTraining::id)
                    .containsExactly("t6", "t4", "t2", "t0");
            List<Unfinished> unfinished = opened.trainings().unfinished();
            assertThat(unfinished).extracting(each -> each.header().id()).containsExactly("t0", "t2", "t4", "t6");
            assertThat(unfinished.getFirst().header()).isEqualTo(TrainingSamples.header("t0", 100));
        }
    }

    /** A step that came before is refused, alone: what others wrote in the same commit stays. */
    @Test
    void noStepStandsTwice() {
        try (Opened opened = Opened.in(directory)) {
            opened.trainings().create(TrainingSamples.header("a", 1));
            opened.append("a", TrainingSamples.entries(3, TrainingState.PAUSED, null));
            Entry again = new Entry.PointAdded(7, TrainingSamples.point(2, 3), 1);
            assertThatThrownBy(() -> opened.append("a", List.of(again))).hasMessageContaining("writing");
            opened.append("a", List.of(new Entry.PointAdded(7, TrainingSamples.point(4, 4), 1)));
            assertThat(opened.queries().curve("a", 0, 10)).hasSize(4);
        }
    }

    /** A student that has not ended needs its teacher's weights; one that has ended does not. */
    @Test
    void knowsWhoLearnsFromWeights() {
        try (Opened opened = Opened.in(directory)) {
            String settings = "{\"limits\":{},\"training\":{\"teacher\":{\"weights\":\"t@" + WEIGHTS + "\"}}}";
            opened.trainings().create(new Header("student", "s", settings, "{\"nodes\":[]}", 1));
            assertThat(opened.trainings().uses(WEIGHTS)).isTrue();
            assertThat(opened.trainings().uses("0".repeat(64))).isFalse();
            opened.append("student", TrainingSamples.entries(1, TrainingState.CANCELLED, null));
            assertThat(opened.trainings().uses(WEIGHTS)).isFalse();
        }
    }

    @Test
    void forgetsAllOfATrainingAndWhetherSomebodyHasItsWeights() {
        try (Opened opened = Opened.in(directory)) {
            for (String id : List.of("a", "b")) {
                opened.trainings().create(TrainingSamples.header(id, 1));
                opened.append(id, TrainingSamples.entries(POINTS, TrainingState.FINISHED, WEIGHTS));
            }
            opened.trainings().delete("a");
            assertThat(opened.trainings().uses(WEIGHTS)).isTrue();
            opened.trainings().delete("b");
            assertThat(opened.trainings().uses(WEIGHTS)).isFalse();
            assertThat(opened.queries().find("a")).isEmpty();
            opened.append("a", TrainingSamples.entries(1, TrainingState.PAUSED, null));
            for (String table : List.of("training", "curve_point", "training_change")) {
                List<Integer> left = new Sql(opened.database())
                        .connected(
                                connection -> Sql.select(connection, "select tid from " + table, row -> row.getInt(1)));
                assertThat(left).as(table).isEmpty();
            }
        }
    }
}
