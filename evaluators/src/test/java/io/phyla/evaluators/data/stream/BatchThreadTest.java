package io.phyla.evaluators.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Moments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that fills, seen from outside. */
@Timeout(60)
class BatchThreadTest {

    private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

    /** Images that are read when the test says so. */
    private static final class Gated implements Dataset {

        private final Dataset data = new Numbered(100, 1, 2);
        private final Semaphore permits = new Semaphore(0);
        private final AtomicInteger reads = new AtomicInteger();
        private volatile Thread reader = Thread.currentThread();
        private int broken = Integer.MAX_VALUE;

        @Override
        public int read(Split split, int index, byte[] target, int offset) {
            reader = Thread.currentThread();
            permits.acquireUninterruptibly();
            if (reads.incrementAndGet() > broken) {
                throw new InvalidDataException("image " + index + " is broken");
            }
            return data.read(split, index, target, offset);
        }

        @Override
        public String name() {
            return "gated";
        }

        @Override
        public int classes() {
            return data.classes();
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public int count(Split split) {
            return data.count(split);
        }

        @Override
        public Moments moments() {
            return data.moments();
        }

        @Override
        public String sha256() {
            return "gated";
        }
    }

    @Test
    void fillsAheadAndNoFurtherThanItsBuffers() throws InterruptedException {
        Gated data = new Gated();
        data.permits.release(1000);
        try (BatchStream stream = BatchStream.training(data, 10, 2, Augmentation.NONE, 1, 0)) {
            assertThat(stream.next()).isPresent();
            waitUntilItRests(data);
            assertThat(data.reads.get()).as("one batch lent and two ready").isEqualTo(30);
            assertThat(stream.next()).isPresent();
            waitUntilItRests(data);
            assertThat(data.reads.get()).isEqualTo(40);
        }
    }

    private static void waitUntilItRests(Gated data) throws InterruptedException {
        int before = -1;
        while (data.reads.get() != before || data.reader.getState() != Thread.State.WAITING) {
            before = data.reads.get();
            Thread.sleep(20);
        }
    }

    @Test
    void closingEndsTheThreadInTheMiddleOfABatch() throws Exception {
        Gated data = new Gated();
        BatchStream stream = BatchStream.training(data, 100, 2, Augmentation.NONE, 1, 0);
        data.permits.release(3);
        while (data.reads.get() < 3) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> closing = CompletableFuture.runAsync(stream::close, THREADS);
        while (!closing.isDone()) {
            data.permits.release(1);
            Thread.sleep(1);
        }
        closing.get();
        assertThat(data.reads.get()).as("not the whole batch").isLessThan(100);
        assertThat(data.reader.isAlive()).isFalse();
        stream.close();
    }

    @Test
    void closingWakesWhoWaitsForABatch() throws Exception {
        Gated data = new Gated();
        BatchStream stream = BatchStream.training(data, 10, 2, Augmentation.NONE, 1, 0);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Throwable> consumer = CompletableFuture.supplyAsync(
                () -> {
                    waiting.countDown();
                    try {
                        stream.next();
                        return new AssertionError("there was no batch");
                    } catch (IllegalStateException | InterruptedException e) {
                        return e;
                    }
                },
                THREADS);
        waiting.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(stream::close, THREADS);
        assertThat(consumer.get(30, TimeUnit.SECONDS)).hasMessage("the batches are closed");
        data.permits.release(1);
        closing.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(stream::next).hasMessage("the batches are closed");
    }

    @Test
    void whatIsWrongWithAnImageIsSaidAfterTheBatchesBeforeIt() throws InterruptedException {
        Gated data = new Gated();
        data.broken = 25;
        data.permits.release(1000);
        try (BatchStream stream = BatchStream.training(data, 10, 2, Augmentation.NONE, 1, 0)) {
            assertThat(stream.next()).isPresent();
            assertThat(stream.next()).isPresent();
            assertThatThrownBy(stream::next)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageMatching("image \\d+ is broken");
        }
    }
}
