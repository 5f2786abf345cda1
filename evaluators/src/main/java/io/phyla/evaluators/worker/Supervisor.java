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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final long MOST_BACK_OFF_MILLIS = 10_000;

    /** In a row; the next worker goes on with slow kernels. */
    static final int MOST_SLOW_STARTS = 2;

    private final String name;
    private final ProcessPool pool;
    private final PoolOptions options;
    private final ScheduledExecutorService clock;
    private final Thread thread;
    private final Set<String> known = new HashSet<>();
    private final Queue<String> withdrawn = new ConcurrentLinkedQueue<>();

    private volatile @Nullable WorkerProcess process;
    private volatile boolean stopped;
    private long ticket;
    private int slowStarts;

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
                    try (WorkerProcess worker = started.get()) {
                        serve(worker);
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", name);
        }
    }

    private Optional<WorkerProcess> launch() {
        known.clear();
        withdrawn.clear();
        try {
            WorkerProcess fresh = WorkerProcess.start(name, options, slowStarts >= MOST_SLOW_STARTS);
            process = fresh;
            slowStarts = slowStarts >= MOST_SLOW_STARTS ? 0 : slowStarts;
            ScheduledFuture<?> alarm = clock.schedule(fresh::kill, READY_MILLIS, TimeUnit.MILLISECONDS);
            boolean ready = fresh.next().isPresent();
            alarm.cancel(false);
            if (ready) {
                pool.started();
                return Optional.of(fresh);
            }
            if (!stopped) {
                report("the worker process " + fresh.epitaph() + " before it was ready");
            }
            fresh.close();
        } catch (IOException | RuntimeException e) {
            report(e.toString());
        }
        return Optional.empty();
    }

    private void report(String why) {
        LOG.warn("{}: {}", name, why);
        pool.notStarted(why);
    }

    /** Until the process dies, grows too large or the pool closes. */
    private void serve(WorkerProcess worker) throws InterruptedException {
        boolean usable = true;
        while (usable && !stopped) {
            switch (pool.take()) {
                case null -> {
                    return;
                }
                case Job job -> usable = answer(worker, job);
                case TrainingJob job -> usable = train(worker, job);
            }
        }
    }

    private boolean train(WorkerProcess worker, TrainingJob job) {
        TrainingQueue queue = pool.trainingQueue();
        if (!worker.alive()) {
            queue.giveBack(job);
            return false;
        }
        TrainingTurn turn = new TrainingTurn(worker, name, job, queue, () -> pool.waiting() > 0);
        Optional<Reply.Left> left = turn.serve(++ticket, options.most(), clock, () -> stopped);
        if (left.isEmpty() && !slow(worker)) {
            pool.died();
        }
        return left.isPresent() && fits(left.get().residentBytes());
    }

    /** Whatever goes wrong here, the task gets an answer and the next process starts. */
    private boolean answer(WorkerProcess worker, Job job) {
        if (!worker.alive()) {
            pool.giveBack(job);
            return false;
        }
        try {
            return serve(worker, job);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be used any more", name, e);
            pool.died(job, name, "was out of reach (" + e + ")", 0);
            return false;
        }
    }

    /** One task; false if the process is not to be used again. */
    private boolean serve(WorkerProcess worker, Job job) {
        long start = System.nanoTime();
        Watch watch = new Watch(worker, job.task().batch().limits(), options.most(), clock, "the evaluation");
        Optional<Reply.Done> done;
        try (watch) {
            done = ask(worker, job, watch);
        }
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Optional<Cause> ended = watch.cause();
        if (done.isPresent()) {
            pool.deliver(job, outcome(job, done.get()));
            return ended.isEmpty() && fits(done.get().residentBytes());
        }
        if (ended.isPresent()) {
            pool.deliver(job, new Outcome.Failed(ended.get(), job.attempt(), name, milliseconds));
        } else if (!stopped && slow(worker)) {
            pool.giveBack(job);
        } else if (!stopped) {
            String epitaph = worker.epitaph();
            LOG.warn(
                    "{} {} over task {} of search {}",
                    name,
                    epitaph,
                    job.task().number(),
                    job.task().batch().id());
            pool.died(job, name, epitaph, milliseconds);
        }
        return false;
    }

    /** Whether it wants to be replaced for its kernels' sake; that is no fault of the task it had. */
    private boolean slow(WorkerProcess worker) {
        if (stopped || !worker.slow()) {
            return false;
        }
        slowStarts++;
        LOG.warn("{} is replaced, the {}. time: its {}", name, slowStarts, worker.epitaph());
        pool.slow();
        return true;
    }

    private Optional<Reply.Done> ask(WorkerProcess worker, Job job, Watch watch) {
        Batch batch = job.task().batch();
        long mine = ++ticket;
        try {
            forgetWithdrawn(worker);
            if (known.add(batch.id())) {
                worker.send(new Request.Open(batch));
            }
            worker.send(new Request.Evaluate(
                    batch.id(),
                    mine,
                    job.task().genome().toString(),
                    job.task().seed(),
                    job.task().yardstick()));
        } catch (IOException e) {
            LOG.debug("{} takes no request", name, e);
            return Optional.empty();
        }
        Optional<Reply> reply = worker.next();
        while (reply.isPresent()) {
            switch (reply.get()) {
                case Reply.Ready _ -> LOG.debug("{} is ready once more", name);
                case Reply.Started started -> {
                    if (started.ticket() == mine) {
                        watch.started();
                    }
                }
                case Reply.Done done -> {
                    if (done.ticket() == mine) {
                        return Optional.of(done);
                    }
                }
                case Reply.Progress _, Reply.Saved _, Reply.Left _, Reply.Inspected _ ->
                    LOG.debug("{} answers late", name);
            }
            reply = worker.next();
        }
        return Optional.empty();
    }

    private void forgetWithdrawn(WorkerProcess worker) throws IOException {
        for (String batch = withdrawn.poll(); batch != null; batch = withdrawn.poll()) {
            if (known.remove(batch)) {
                worker.send(new Request.Forget(batch));
            }
        }
    }

    private Outcome outcome(Job job, Reply.Done done) {
        return done.values() != null
                ? new Outcome.Measured(done.values(), done.cost(), job.attempt(), name, done.milliseconds())
                : new Outcome.Failed(Objects.requireNonNull(done.cause()), job.attempt(), name, done.milliseconds());
    }

    /** A worker that has grown beyond the bound is replaced between two tasks, while nobody waits for it. */
    private boolean fits(long residentBytes) {
        if (residentBytes <= options.most()) {
            return true;
        }
        LOG.info("{} is replaced: {} MiB resident", name, residentBytes >> 20);
        return false;
    }

    /** The worker closes what it holds of a batch before it takes the next task. */
    void withdraw(String batch) {
        withdrawn.add(batch);
    }

    boolean alive() {
        return pid().isPresent();
    }

    Optional<Long> pid() {
        return Optional.ofNullable(process).filter(WorkerProcess::alive).map(WorkerProcess::pid);
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
