package io.phyla.api.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolTest {

    private static final int SIZE = 1_000;

    @TempDir
    Path directory;

    private final AtomicInteger made = new AtomicInteger();

    private Spool spool() throws IOException {
        return new Spool(directory, 3 * SIZE, 2 * SIZE);
    }

    private Spool.Held get(Spool spool, String identity) throws IOException {
        return spool.get(identity, out -> {
            made.incrementAndGet();
            out.write(new byte[SIZE]);
        });
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    @Test
    void makesAFileOnceHoweverManyAskForIt() throws Exception {
        Spool spool = spool();
        CountDownLatch all = new CountDownLatch(8);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Spool.Held>> held = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                held.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return get(spool, "same");
                }));
            }
            for (Future<Spool.Held> each : held) {
                assertThat(each.get().bytes()).isEqualTo(SIZE);
                assertThat(each.get().path()).hasSize(SIZE);
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void whatWasNotAskedForLongestGoesFirst() throws IOException {
        Spool spool = spool();
        for (String each : List.of("a", "b", "c", "a", "d")) {
            get(spool, each).release().run();
        }
        assertThat(files()).isEqualTo(3);
        assertThat(made).hasValue(4);
        get(spool, "a").release().run();
        assertThat(made).as("a was asked for again and stayed").hasValue(4);
        get(spool, "b").release().run();
        assertThat(made).as("b had to go").hasValue(5);
    }

    @Test
    void whatIsBeingSentStays() throws IOException {
        Spool spool = spool();
        List<Spool.Held> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(get(spool, "held " + i));
        }
        assertThat(held).allSatisfy(each -> assertThat(each.path()).exists());
        held.getFirst().release().run();
        held.getFirst().release().run();
        assertThat(held.getFirst().path()).doesNotExist();
        assertThat(held.get(1).path()).exists();
        held.forEach(each -> each.release().run());
        assertThat(files()).isEqualTo(3);
    }

    @Test
    void stopsAtTheBoundAndLeavesNothing() throws IOException {
        Spool spool = spool();
        assertThatThrownBy(() -> spool.get("huge", out -> {
                    for (int i = 0; i < 3; i++) {
                        out.write(new byte[SIZE]);
                    }
                }))
                .isInstanceOf(BoundedOutput.TooLarge.class)
                .hasMessageContaining("would be larger");
        assertThatIOException()
                .isThrownBy(() -> spool.get("broken", _ -> {
                    throw new IOException("disk");
                }));
        assertThat(files()).isZero();
        assertThat(get(spool, "broken").bytes()).as("it can be tried again").isEqualTo(SIZE);
    }

    /** A disk on which the reserve and two whole files have room. */
    @Test
    void aFullDiskTakesNoExportAndKeepsNoneThatIsNotBeingSent() throws IOException {
        long[] others = {0};
        Spool spool = new Spool(
                directory, 10 * SIZE, 2 * SIZE, () -> (256L << 20) + 3 * SIZE - 1 - others[0] - files() * SIZE);
        get(spool, "a").release().run();
        Spool.Held b = get(spool, "b");
        get(spool, "c").release().run();
        assertThat(b.path()).as("it is being sent").exists();
        get(spool, "a").release().run();
        assertThat(made).as("a had to go").hasValue(4);

        others[0] = 2 * SIZE;
        assertThatExceptionOfType(Spool.NoRoom.class)
                .isThrownBy(() -> get(spool, "d"))
                .withMessageContaining("256 MiB");
        assertThat(b.path()).exists();
        b.release().run();
        others[0] = 0;
        assertThat(get(spool, "d").path())
                .as("it goes on when there is room again")
                .hasSize(SIZE);
    }

    @Test
    void forgetsWhatAnEarlierProcessMade() throws IOException {
        get(spool(), "a");
        assertThat(files()).isEqualTo(1);
        spool();
        assertThat(files()).isZero();
    }

    @Test
    void validatorsAreOfTheContent() throws IOException {
        Spool spool = spool();
        String one = get(spool, "a").tag();
        assertThat(one).matches("[0-9a-f]{32}").isEqualTo(get(spool, "b").tag());
        assertThat(spool.get("c", out -> out.write(1)).tag()).isNotEqualTo(one);
    }
}
