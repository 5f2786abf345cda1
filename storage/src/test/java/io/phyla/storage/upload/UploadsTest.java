package io.phyla.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.training.TrainingState;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.query.Page;
import io.phyla.storage.training.H2TrainingJournal;
import io.phyla.storage.training.TrainingSamples;
import io.phyla.storage.upload.Upload.Kind;
import io.phyla.storage.upload.Upload.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

    @TempDir
    Path directory;

    private Database database;
    private H2Journal journal;
    private Uploads uploads;

    @BeforeEach
    void open() {
        database = Database.open(directory);
        journal = new H2Journal(database);
        uploads = new Uploads(database, journal);
    }

    @AfterEach
    void close() {
        journal.close();
        database.close();
    }

    private static Upload upload(Kind kind, String id, long createdAt, String... made) {
        Set<String> contents = new HashSet<>(List.of(made));
        contents.add(id);
        return new Upload(kind, id, "name-" + id, 10, createdAt, "{\"layers\":3}", contents);
    }

    @Test
    void theSameContentIsKeptOnceForEachKindAlsoAfterARestart() {
        Upload model = upload(Kind.MODEL, "a", 5, "weights", "network");
        uploads.add(model);
        uploads.add(new Upload(Kind.MODEL, "a", "another name", 11, 6, "{}", Set.of("a")));
        uploads.add(upload(Kind.SPACE, "a", 7));
        close();
        open();
        assertThat(uploads.find(Kind.MODEL, "a")).contains(model);
        assertThat(uploads.find(Kind.DATA, "a")).isEmpty();
        assertThat(uploads.usage(Kind.MODEL)).isEqualTo(new Usage(1, 10));
        assertThat(uploads.usage(Kind.DATA)).isEqualTo(new Usage(0, 0));
    }

    @Test
    void listsNewestFirstInPages() {
        for (int i = 0; i < 20; i++) {
            uploads.add(upload(i % 4 == 0 ? Kind.DATA : Kind.MODEL, "u" + i, 100 + i / 3));
        }
        for (int limit : new int[] {1, 4, 100}) {
            List<String> seen = new ArrayList<>();
            String cursor = null;
            do {
                Page<Upload> page = uploads.list(Kind.MODEL, cursor, limit);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                page.items().forEach(each -> seen.add(each.id()));
                cursor = page.next().orElse(null);
            } while (cursor != null);
            assertThat(seen)
                    .containsExactly(
                            "u19", "u18", "u17", "u15", "u14", "u13", "u11", "u10", "u9", "u7", "u6", "u5", "u3", "u2",
                            "u1");
        }
    }

    @Test
    void aFileIsInUseAsLongAsAnyUploadOrTrainingNeedsIt() {
        H2TrainingJournal trainings = new H2TrainingJournal(database, journal);
        Upload a = upload(Kind.MODEL, "a", 1, "weights");
        Upload b = upload(Kind.MODEL, "b", 1, "weights");
        uploads.add(a);
        uploads.add(b);
        assertThat(uploads.othersUse(b, "weights")).isTrue();
        trainings.create(TrainingSamples.header("t", 1));
        trainings
                .append("t", TrainingSamples.entries(1, TrainingState.FINISHED, "trained"))
                .toCompletableFuture()
                .join();
        assertThat(trainings.uses("weights")).isTrue();
        uploads.delete(Kind.MODEL, "a");
        assertThat(uploads.find(Kind.MODEL, "a")).isEmpty();
        assertThat(uploads.othersUse(a, "weights")).isTrue();
        assertThat(uploads.othersUse(b, "weights")).isFalse();
        assertThat(trainings.uses("weights")).isTrue();
        uploads.delete(Kind.MODEL, "b");
        assertThat(trainings.uses("weights")).isFalse();
        assertThat(uploads.othersUse(b, "trained")).isTrue();
        uploads.delete(Kind.MODEL, "never there");
    }
}
