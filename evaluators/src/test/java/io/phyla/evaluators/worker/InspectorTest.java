package io.phyla.evaluators.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.worker.Inspector.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files are looked into by a process that may die, hang or grow; the next file finds a fresh one. */
@Timeout(180)
class InspectorTest {

    private static final int RECORD = 3073;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Path large;

    @BeforeAll
    static void write() throws IOException {
        large = records(80_000);
    }

    private static Inspector inspector(Duration time, Duration patience, Duration idle, long most, String... flags) {
        String classPath = System.getProperty("java.class.path");
        return new Inspector(
                new Options(new PoolOptions(1, directory, classPath, List.of(flags), most), time, patience, idle));
    }

    private static Inspector inspector(Duration time, long most, String... flags) {
        return inspector(time, LONG, LONG, most, flags);
    }

    /** CIFAR-10 records of black images, which take their reader some time and next to no room. */
    private static Path records(int count) throws IOException {
        Path file = Files.createTempFile(directory, "records", ".gz");
        byte[] record = new byte[RECORD];
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < count; i++) {
                record[0] = (byte) (i % 10);
                out.write(record);
            }
        }
        return file;
    }

    private static Inspection inspect(Inspector inspector, Path file) throws Exception {
        return inspector.inspect(Subject.DATA, "it", file, directory);
    }

    private static void assertThatAnotherIsUnderstood(Inspector inspector) throws Exception {
        assertThat(inspect(inspector, records(20))).isInstanceOf(Inspection.Understood.class);
    }

    private static String refused(Inspection inspection) {
        return ((Inspection.Refused) inspection).faults().getFirst().detail();
    }

    @Test
    void oneProcessDescribesOrRefusesOneFileAfterTheOther() throws Exception {
        try (Inspector inspector = inspector(LONG, 1L << 30)) {
            Inspection.Understood found = (Inspection.Understood) inspect(inspector, records(40));
            assertThat(found.description().toString())
                    .isEqualTo("{\"format\":\"cifar\",\"classes\":10,\"channels\":3,\"size\":32,"
                            + "\"images\":{\"train\":32,\"validation\":4,\"test\":4},\"class_names\":[]}");
            long first = inspector.pid().orElseThrow();
            assertThat(refused(inspect(inspector, Files.write(directory.resolve("bad"), new byte[4000]))))
                    .contains("'it'", "record 2 ends after 927 of 3073 bytes");
            assertThatAnotherIsUnderstood(inspector);
            assertThat(inspector.pid()).hasValue(first);
            inspector.close();
            assertThat(inspector.pid()).isEmpty();
            assertThatThrownBy(() -> inspect(inspector, directory)).isInstanceOf(Inspector.Unavailable.class);
        }
    }

    @Test
    void aFileThatTakesTooLongIsRefused() throws Exception {
        try (Inspector inspector = inspector(Duration.ofMillis(50), 1L << 30)) {
            assertThat(refused(inspect(inspector, large))).contains("was ended after", "the limit is 50 ms");
            assertThat(inspector.pid()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatTakesTooMuchMemoryIsRefused() throws Exception {
        try (Inspector inspector = inspector(LONG, 24L << 20)) {
            assertThat(refused(inspect(inspector, large))).contains("was ended when its worker had");
            assertThat(inspector.pid()).isEmpty();
        }
    }

    /** Four million images of one pixel: what is known of each does not fit into this heap. */
    @Test
    void aFileThatOutgrowsTheHeapIsRefusedAndTheProcessGoesOn() throws Exception {
        int count = 4 << 20;
        Path file = directory.resolve("idx.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("train-images-idx3-ubyte"));
            zip.write(ByteBuffer.allocate(16)
                    .putInt(0x803)
                    .putInt(count)
                    .putInt(1)
                    .putInt(1)
                    .array());
            zip.write(new byte[count]);
            zip.putNextEntry(new ZipEntry("train-labels-idx1-ubyte"));
            zip.write(ByteBuffer.allocate(8).putInt(0x801).putInt(count).array());
            byte[] labels = new byte[count];
            labels[0] = 1;
            zip.write(labels);
        }
        try (Inspector inspector = inspector(LONG, 1L << 30, "-Xmx40m")) {
            assertThat(refused(inspect(inspector, file))).contains("MiB of memory that an inspection has");
            long first = inspector.pid().orElseThrow();
            assertThatAnotherIsUnderstood(inspector);
            assertThat(inspector.pid()).hasValue(first);
        }
    }

    @Test
    void aProcessThatIsKilledIsReplacedAndWhoWaitsTooLongForATurnIsTold() throws Exception {
        try (Inspector inspector = inspector(LONG, Duration.ofMillis(1), LONG, 1L << 30)) {
            assertThatAnotherIsUnderstood(inspector);
            long first = inspector.pid().orElseThrow();
            CompletableFuture<Inspection> inspection = CompletableFuture.supplyAsync(() -> {
                try {
                    return inspect(inspector, large);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            TimeUnit.MILLISECONDS.sleep(100);
            assertThatThrownBy(() -> inspect(inspector, large)).hasMessageContaining("other uploads");
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            assertThat(refused(inspection.get(60, TimeUnit.SECONDS))).contains("was killed by signal 9");
            assertThatAnotherIsUnderstood(inspector);
            assertThat(inspector.pid()).isPresent().get().isNotEqualTo(first);
        }
    }

    @Test
    void theProcessEndsWhenNothingComes() throws Exception {
        try (Inspector inspector = inspector(LONG, LONG, Duration.ofMillis(200), 1L << 30)) {
            assertThatAnotherIsUnderstood(inspector);
            ProcessHandle process = ProcessHandle.of(inspector.pid().orElseThrow()).orElseThrow();
            process.onExit().get(60, TimeUnit.SECONDS);
            assertThatAnotherIsUnderstood(inspector);
        }
    }
}
