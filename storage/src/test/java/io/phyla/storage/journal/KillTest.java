package io.phyla.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writing process killed with SIGKILL again and again: what it acknowledged is there, once. */
class KillTest {

    private static final int KILLS = 4;

    @TempDir
    Path directory;

    @Test
    void losesNothingThatWasAcknowledged() throws IOException, InterruptedException {
        List<Entry> entries = Samples.entries(100_000, 77);
        SplittableRandom random = new SplittableRandom(5);
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = writeAndKill(50 + random.nextInt(400));
            try (Database database = Database.open(directory);
                    H2Journal journal = new H2Journal(database)) {
                List<Entry> kept = new ArrayList<>();
                journal.replay("k", 0, kept::add);
                assertThat((long) kept.size()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(kept).isEqualTo(entries.subList(0, kept.size()));
            }
        }
    }

    private long writeAndKill(int acknowledgements) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                String line = lines.readLine();
                assertThat(line).as("the writer lives").isNotNull();
                last = line.matches("\\d+") ? Long.parseLong(line) : last;
            }
            process.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.matches("\\d+") ? Math.max(last, Long.parseLong(line)) : last;
            }
        }
        process.waitFor();
        return last;
    }
}
