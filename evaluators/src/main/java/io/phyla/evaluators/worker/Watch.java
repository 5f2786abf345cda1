package io.phyla.evaluators.worker;

import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Limits;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches over one evaluation or training: ends its worker when time or memory is used up, and remembers why. */
final class Watch implements AutoCloseable {

    private static final long TICK_MILLIS = 100;

    /** Loading data and tables is not the candidate's time. */
    private static final long OPEN_MILLIS = 120_000;

    private final WorkerProcess worker;
    private final Limits limits;
    private final long own;
    private final String what;
    private final ScheduledFuture<?> ticks;
    private long since = System.nanoTime();
    private boolean started;
    private boolean closed;
    private @Nullable Cause cause;

    /**
     * @param own resident bytes that the worker may have besides those of the evaluation
     * @param what is watched, in words
     */
    Watch(WorkerProcess worker, Limits limits, long own, ScheduledExecutorService clock, String what) {
        this.worker = worker;
        this.limits = limits;
        this.own = own;
        this.what = what;
        long tick = Math.min(TICK_MILLIS, limits.milliseconds());
        ticks = clock.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** The worker has its data, or came a step further; from now on time counts. */
    synchronized void started() {
        started = true;
        since = System.nanoTime();
    }

    private synchronized void tick() {
        if (closed || cause != null) {
            return;
        }
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        long bytes = ResidentMemory.bytes(worker.pid());
        if (!started && milliseconds > OPEN_MILLIS) {
            end(Cause.Kind.TIMED_OUT, "loading the search's data was ended after " + milliseconds + " ms");
        } else if (started && milliseconds > limits.milliseconds()) {
            end(
                    Cause.Kind.TIMED_OUT,
                    what + " was ended after " + milliseconds + " ms; the limit is " + limits.milliseconds() + " ms");
        } else if (bytes - own > limits.bytes()) {
            end(
                    Cause.Kind.TOO_LARGE,
                    "%s was ended when its worker had %,d MiB; the limit is %,d MiB beside the worker's own %,d"
                            .formatted(what, bytes >> 20, limits.bytes() >> 20, own >> 20));
        }
    }

    private void end(Cause.Kind kind, String detail) {
        cause = new Cause(kind, detail);
        worker.kill();
    }

    /** Why the worker was ended; empty if it was not. */
    synchronized Optional<Cause> cause() {
        return Optional.ofNullable(cause);
    }

    /** From now on nothing is ended any more. */
    @Override
    public void close() {
        ticks.cancel(false);
        synchronized (this) {
            closed = true;
        }
    }
}
