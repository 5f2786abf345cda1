package io.phyla.evaluators.worker;

import io.phyla.evaluators.worker.ProcessPool.Job;
import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one worker process alive and hands it one task after the other. */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long READY_MILLIS = 60_000;
    private static final long OPEN_MILLIS = 60_000;
    private static final long MOST_BACK_OFF_MILLIS = 10_000;

    private final String name;
    private final ProcessPool pool;
    private final PoolOptions options;
    private final ScheduledExecutorService clock;
    private final Thread thread;
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private final Set<String> known = new HashSet<>();

    private volatile @Nullable WorkerProcess process;
    private volatile boolean stopped;
    private volatile @Nullable String running;
    private long ticket;

    Supervisor(String name, ProcessPool pool, PoolOptions options, ScheduledExecutorService clock) {
        this.name = name;
        this.pool = pool;
        this.options = options;
        this.clock = clock;
        thread = Thread.ofPlatform().name(name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        long backOff = 0;
        try {
            while (!stopped) {
                Thread.sleep(backOff);
                Optional<WorkerProcess> started = launch();
                backOff = started.isPresent() ? 0 : Math.min(MOST_BACK_OFF_MILLIS, 200 + 2 * backOff);
                if (started.isPresent()) {
                    serve(started.get());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", name);
        } finally {
            WorkerProcess last = process;
            if (last != null) {
                last.close();
            }
        }
    }

    private Optional<WorkerProcess> launch() {
        try {
            WorkerProcess fresh = WorkerProcess.start(name, options);
            process = fresh;
            known.clear();
            ScheduledFuture<?> alarm = clock.schedule(fresh::kill, READY_MILLIS, TimeUnit.MILLISECONDS);
            boolean ready = fresh.next().isPresent();
            alarm.cancel(false);
            if (ready) {
                pool.started();
                return Optional.of(fresh);
            }
            if (!stopped) {
                report("the worker process was " + fresh.epitaph() + " before it was ready");
            }
        } catch (IOException e) {
            report(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void report(String why) {
        LOG.warn("{}: {}", name, why);
        pool.notStarted(why);
    }

    /** Until the process dies, grows too large or the pool closes. */
    private void serve(WorkerProcess worker) throws InterruptedException {
        while (!stopped) {
            Job job = pool.take();
            if (job != null && !worker.alive()) {
                pool.giveBack(job);
                return;
            }
            if (job == null || !serve(worker, job)) {
                return;
            }
        }
    }

    /** One task; false if the process is not to be used again. */
    private boolean serve(WorkerProcess worker, Job job) {
        Batch batch = job.task().batch();
        long start = System.nanoTime();
        boolean first = !known.contains(batch.id());
        long limit = batch.limits().milliseconds() + (first ? OPEN_MILLIS : 0);
        Alarm alarm = new Alarm(worker);
        ScheduledFuture<?> set = clock.schedule(alarm, limit, TimeUnit.MILLISECONDS);
        running = batch.id();
        withdrawn.remove(batch.id());
        Optional<Reply.Done> done = ask(worker, job, first);
        set.cancel(false);
        running = null;
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        boolean wanted = !withdrawn.remove(batch.id());
        if (done.isPresent()) {
            if (wanted) {
                job.sink().accept(outcome(job, done.get()));
            } else {
                forget(worker, batch.id());
            }
            return keep(worker, done.get().residentBytes());
        }
        if (wanted && !stopped) {
            String epitaph = worker.epitaph();
            if (alarm.rang) {
                Cause cause = new Cause(
                        Cause.Kind.TIMED_OUT,
                        "the evaluation was ended after " + milliseconds + " ms; the limit is "
                                + batch.limits().milliseconds() + " ms");
                job.sink().accept(new Outcome.Failed(cause, job.attempt(), name, milliseconds));
            } else {
                LOG.warn(
                        "{} was {} over candidate {} of search {}",
                        name,
                        epitaph,
                        job.task().number(),
                        batch.id());
                pool.died(job, name, epitaph, milliseconds);
            }
        }
        return false;
    }

    /** Kills the worker when the time is over, and remembers that it did. */
    private static final class Alarm implements Runnable {

        private final WorkerProcess worker;
        private volatile boolean rang;

        private Alarm(WorkerProcess worker) {
            this.worker = worker;
        }

        @Override
        public void run() {
            rang = true;
            worker.kill();
        }
    }

    private Optional<Reply.Done> ask(WorkerProcess worker, Job job, boolean first) {
        Batch batch = job.task().batch();
        long mine = ++ticket;
        try {
            if (first) {
                worker.send(new Request.Open(batch));
                known.add(batch.id());
            }
            worker.send(new Request.Evaluate(
                    batch.id(), mine, job.task().genome().toString(), job.task().seed()));
        } catch (IOException e) {
            LOG.debug("{} takes no request", name, e);
            return Optional.empty();
        }
        Optional<Reply> reply = worker.next();
        while (reply.isPresent()) {
            if (reply.get() instanceof Reply.Done done && done.ticket() == mine) {
                return Optional.of(done);
            }
            reply = worker.next();
        }
        return Optional.empty();
    }

    private void forget(WorkerProcess worker, String batch) {
        try {
            worker.send(new Request.Forget(batch));
            known.remove(batch);
        } catch (IOException e) {
            LOG.debug("{} takes no request", name, e);
        }
    }

    private Outcome outcome(Job job, Reply.Done done) {
        return done.values() != null
                ? new Outcome.Measured(done.values(), done.cost(), job.attempt(), name, done.milliseconds())
                : new Outcome.Failed(Objects.requireNonNull(done.cause()), job.attempt(), name, done.milliseconds());
    }

    /** A worker that has grown beyond the bound is replaced between two tasks, while nobody waits for it. */
    private boolean keep(WorkerProcess worker, long residentBytes) {
        if (residentBytes <= options.most()) {
            return true;
        }
        LOG.info("{} is replaced: {} MiB resident", name, residentBytes >> 20);
        worker.close();
        return false;
    }

    void withdraw(String batch) {
        if (batch.equals(running)) {
            withdrawn.add(batch);
        }
    }

    boolean alive() {
        WorkerProcess now = process;
        return now != null && now.alive();
    }

    Optional<Long> pid() {
        WorkerProcess now = process;
        return now != null && now.alive() ? Optional.of(now.pid()) : Optional.empty();
    }

    void stop() {
        stopped = true;
        WorkerProcess now = process;
        if (now != null) {
            now.kill();
        }
    }

    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
