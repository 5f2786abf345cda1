package io.phyla.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the open file after a commit is what a kill at this moment leaves. */
class RecoveryTest {

    private static final int COMMITS = 60;

    @TempDir
    Path directory;

    /** Rows of changing size, written over again and again, leave gaps, and later commits go into them. */
    @Test
    void findsTheNewestCommitInAGapOfTheFileWhereH2AloneDoesNot() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Path live = directory.resolve("live.mv.db");
        int lost = 0;
        try (MVStore store = new MVStore.Builder()
                .fileName(live.toString())
                .autoCommitDisabled()
                .open()) {
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            MVMap<Integer, Object> rows = store.openMap("rows");
            for (int commit = 1; commit <= COMMITS; commit++) {
                rows.put(random.nextInt(1, 8), new byte[random.nextInt(200_000)]);
                rows.put(0, commit);
                store.commit();
                Path copy = Files.copy(live, directory.resolve(commit + ".mv.db"));
                Path recovered = Files.copy(live, directory.resolve(commit + "-recovered.mv.db"));
                lost += newest(copy) == commit ? 0 : 1;
                Recovery.recover(recovered);
                assertThat(newest(recovered)).isEqualTo(commit);
            }
        }
        assertThat(lost)
                .as("commits that H2 loses by itself: if none any more, nothing has to be recovered")
                .isPositive();
    }

    private static int newest(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            return (int) store.<Integer, Object>openMap("rows").get(0);
        }
    }

    @Test
    void leavesAClosedFileAndAnAbsentOneAsTheyAre() throws IOException {
        Path file = directory.resolve("closed.mv.db");
        Recovery.recover(file);
        assertThat(file).doesNotExist();
        new MVStore.Builder().fileName(file.toString()).open().close();
        byte[] before = Files.readAllBytes(file);
        Recovery.recover(file);
        assertThat(file).hasBinaryContent(before);
    }
}
