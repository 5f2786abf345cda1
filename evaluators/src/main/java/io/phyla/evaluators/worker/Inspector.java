package io.phyla.evaluators.worker;

import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.search.port.EvaluatorPool.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into files that strangers sent, in a process of its own: whatever such a file does to its reader, the service goes on.
 * One file at a time; the process is started for the first and ends when none has come for a while.
 */
public final class Inspector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);
    private static final long READY_MILLIS = 60_000;
    private static final long STOP_SECONDS = 10;
    private static final long MOST_BYTES = 1792L << 20;

    private final Options options;
    private final Semaphore turn = new Semaphore(1, true);
    // A read from a pipe would hold a virtual thread's carrier.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("inspector").factory());
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("inspector-clock").factory());
    private volatile @Nullable WorkerProcess process;
    private volatile boolean closed;
    private long ticket;

    public Inspector(Options options) {
        this.options = options;
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * What an inspection may take.
     *
     * @param process how the process is run; its {@code most} are the resident bytes with which it is ended
     * @param time for one file
     * @param patience for the files before it
     * @param idle after which the process ends
     */
    public record Options(PoolOptions process, Duration time, Duration patience, Duration idle) {

        /** A minute for each file; a heap that holds the largest model that is read, and the JVM's own memory. */
        public static Options of(Path artifacts) {
            PoolOptions own = PoolOptions.of(1, artifacts);
            return new Options(
                    new PoolOptions(1, artifacts, own.classPath(), List.of("-Xmx1200m"), MOST_BYTES),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(50),
                    Duration.ofSeconds(120));
        }
    }

    /** There is no inspecting now; the message says why. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }
    }

    /**
     * Looks into a file.
     *
     * @param name the file's, for messages
     * @param directory where files that are made of it are put
     * @throws Unavailable if others have to wait too long for their turn, or no process can be started
     */
    public Inspection inspect(Subject subject, String name, Path file, Path directory)
            throws Unavailable, InterruptedException {
        if (!turn.tryAcquire(options.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Unavailable("other uploads are being looked at");
        }
        try {
            return thread.submit(() -> look(subject, name, file, directory)).get();
        } catch (RejectedExecutionException e) {
            throw new Unavailable("the service is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the inspector failed", e);
        } finally {
            turn.release();
        }
    }

    private Inspection look(Subject subject, String name, Path file, Path directory) throws Unavailable {
        long mine = ++ticket;
        WorkerProcess worker = running();
        Inspection inspection = ask(
                worker,
                new Request.Inspect(
                        mine,
                        subject,
                        name,
                        file.toAbsolutePath().toString(),
                        directory.toAbsolutePath().toString()));
        clock.schedule(() -> thread.execute(() -> endIdle(mine)), options.idle().toMillis(), TimeUnit.MILLISECONDS);
        return inspection;
    }

    private WorkerProcess running() throws Unavailable {
        WorkerProcess now = process;
        if (now != null && now.alive()) {
            return now;
        }
        stop();
        if (closed) {
            throw new Unavailable("the service is stopping");
        }
        try {
            WorkerProcess fresh = WorkerProcess.start("inspector", options.process(), true);
            process = fresh;
            ScheduledFuture<?> alarm = clock.schedule(fresh::kill, READY_MILLIS, TimeUnit.MILLISECONDS);
            boolean ready = fresh.next().isPresent();
            alarm.cancel(false);
            if (ready) {
                return fresh;
            }
            LOG.warn("the inspector {} before it was ready", fresh.epitaph());
            stop();
            throw new Unavailable("the process that looks into uploads does not start");
        } catch (IOException e) {
            LOG.warn("the inspector does not start", e);
            throw new Unavailable("the process that looks into uploads cannot be started");
        }
    }

    private Inspection ask(WorkerProcess worker, Request.Inspect request) {
        long own = options.process().most() / 3;
        Limits limits = new Limits(options.time().toMillis(), options.process().most() - own);
        Watch watch = new Watch(worker, limits, own, clock, "the inspection");
        Optional<Reply.Inspected> inspected;
        try (watch) {
            watch.started();
            inspected = answer(worker, request);
        }
        if (inspected.isPresent() && watch.cause().isEmpty()) {
            if (inspected.get().residentBytes() > options.process().most() / 2) {
                stop();
            }
            return inspected.get().inspection();
        }
        String why = watch.cause()
                .map(cause -> cause.detail())
                .orElseGet(() -> "the process that read it " + worker.epitaph());
        LOG.info("'{}' could not be inspected: {}", request.name(), why);
        stop();
        return Inspection.Refused.of("", "it cannot be read: " + why);
    }

    private static Optional<Reply.Inspected> answer(WorkerProcess worker, Request.Inspect request) {
        try {
            worker.send(request);
        } catch (IOException e) {
            LOG.debug("the inspector takes no request", e);
            return Optional.empty();
        }
        for (Optional<Reply> reply = worker.next(); reply.isPresent(); reply = worker.next()) {
            if (reply.get() instanceof Reply.Inspected inspected && inspected.ticket() == request.ticket()) {
                return Optional.of(inspected);
            }
        }
        return Optional.empty();
    }

    private void endIdle(long last) {
        if (ticket == last) {
            stop();
        }
    }

    private void stop() {
        WorkerProcess old = process;
        process = null;
        if (old != null) {
            old.kill();
            old.close();
        }
    }

    /** The process id of the reader; empty if there is none now. */
    public Optional<Long> pid() {
        return Optional.ofNullable(process).filter(WorkerProcess::alive).map(WorkerProcess::pid);
    }

    /** Ends the process, also in the middle of a file. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        WorkerProcess now = process;
        if (now != null) {
            now.kill();
        }
        clock.shutdownNow();
        thread.execute(this::stop);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the inspector does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
