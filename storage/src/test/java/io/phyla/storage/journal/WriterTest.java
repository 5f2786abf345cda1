package io.phyla.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one writer: company shares a commit, and whatever ends it, nobody waits for ever. */
@Timeout(120)
class WriterTest {

    @TempDir
    Path directory;

    @Test
    void whatWaitsTogetherIsCommittedTogether() throws Exception {
        List<Entry> entries = Samples.entries(300, 1);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.create(Samples.header("a"));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Future<?> busy = threads.submit(() -> journal.write(_ -> {
                begun.countDown();
                await(go);
            }));
            begun.await();
            long before = journal.commits();
            List<CompletableFuture<Void>> done = entries.stream()
                    .map(each -> journal.append("a", List.of(each)).toCompletableFuture())
                    .toList();
            assertThat(journal.waiting()).isEqualTo(done.size());
            go.countDown();
            busy.get();
            done.forEach(CompletableFuture::join);
            assertThat(journal.commits() - before)
                    .as("one for the work, one for all entries")
                    .isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What can go wrong on the writing thread. */
    enum End {
        OUT_OF_MEMORY {
            @Override
            Writer.Work work() {
                return _ -> {
                    throw new OutOfMemoryError("no room");
                };
            }
        },
        DATABASE_GONE {
            @Override
            Writer.Work work() {
                return connection -> {
                    connection.close();
                    throw new SQLException("no room");
                };
            }
        };

        abstract Writer.Work work();
    }

    @ParameterizedTest
    @EnumSource
    void whateverEndsItEverybodyIsTold(End end) throws Exception {
        List<Entry> entries = Samples.entries(5000, 2);
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.create(Samples.header("a"));
            CountDownLatch some = new CountDownLatch(100);
            Future<List<CompletableFuture<Void>>> appended = threads.submit(() -> {
                List<CompletableFuture<Void>> done = new ArrayList<>();
                for (Entry each : entries) {
                    done.add(journal.append("a", List.of(each)).toCompletableFuture());
                    some.countDown();
                }
                return done;
            });
            some.await();
            assertThatThrownBy(() -> journal.write(end.work())).isInstanceOf(StorageException.class);
            int kept = 0;
            for (CompletableFuture<Void> each : appended.get()) {
                each.handle((_, _) -> 0).get(60, TimeUnit.SECONDS);
                kept += each.isCompletedExceptionally() ? 0 : 1;
            }
            assertThatThrownBy(journal::probe)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("start the service again");
            List<Entry> replayed = new ArrayList<>();
            journal.replay("a", 0, replayed::add);
            assertThat(replayed).isEqualTo(entries.subList(0, kept));
        }
    }

    @Test
    void refusesWhatComesAfterItsEnd() {
        try (Database database = Database.open(directory)) {
            H2Journal journal = new H2Journal(database);
            journal.create(Samples.header("a"));
            journal.close();
            journal.close();
            assertThatThrownBy(journal::probe)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("closed");
            assertThat(journal.append("a", Samples.entries(1, 1)).toCompletableFuture())
                    .isCompletedExceptionally();
        }
    }
}
