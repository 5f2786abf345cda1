package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.training.TrainingPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker process per core, for evaluations and {@linkplain #trainings trainings}. A task that kills its worker is tried again by another, three times in all; a task that
 * runs too long is killed and recorded as that; nothing that waits here waits for ever.
 */
public final class ProcessPool implements EvaluatorPool {

    static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessPool.class);
    private static final int HOPELESS = 4;

    private final PoolOptions options;
    private final ArrayDeque<Job> queue = new ArrayDeque<>();
    private final Set<Job> running = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final TrainingQueue trainings;
    private final AtomicInteger restarts = new AtomicInteger();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("worker-clock").factory());
    private final AtomicInteger slow = new AtomicInteger();
    private int failedStarts;
    private boolean closed;

    public ProcessPool(PoolOptions options) {
        this(options, TrainingQueue.TURN);
    }

    /** @param turn how long an only worker stays with a training, or with evaluations, while the others wait */
    ProcessPool(PoolOptions options, Duration turn) {
        this.options = options;
        TrainingFiles files = new TrainingFiles(new FileArtifacts(options.artifacts()));
        trainings = new TrainingQueue(this, options.workers(), files, turn);
        clock.setRemoveOnCancelPolicy(true);
        for (int i = 1; i <= options.workers(); i++) {
            Supervisor supervisor = new Supervisor("worker-" + i, this, options, clock);
            supervisors.add(supervisor);
            supervisor.start();
        }
    }

    /** A task that waits or runs. */
    record Job(Task task, Consumer<Outcome> sink, int attempt) implements Work {}

    @Override
    public void submit(Task task, Consumer<Outcome> sink) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the worker pool is closed");
            }
            queue.addLast(new Job(task, sink, 1));
            notify();
        }
    }

    /** Where networks are trained, by the same workers. */
    public TrainingPool trainings() {
        return trainings;
    }

    TrainingQueue trainingQueue() {
        return trainings;
    }

    /** Waits for something to do; null when the pool closes. */
    synchronized @Nullable Work take() throws InterruptedException {
        while (!closed) {
            TrainingJob training = trainings.next(!queue.isEmpty());
            if (training != null) {
                return training;
            }
            if (!queue.isEmpty()) {
                Job job = queue.removeFirst();
                running.add(job);
                return job;
            }
            wait();
        }
        return null;
    }

    /** A worker was gone before it was given the task. */
    synchronized void giveBack(Job job) {
        if (running.remove(job)) {
            queue.addFirst(job);
            notify();
        }
    }

    /** The end of a task, unless its batch was withdrawn meanwhile. */
    void deliver(Job job, Outcome outcome) {
        synchronized (this) {
            if (!running.remove(job)) {
                return;
            }
        }
        accept(job, outcome);
    }

    /** What goes wrong in a search must not end the supervisor that serves the others. */
    private static void accept(Job job, Outcome outcome) {
        try {
            job.sink().accept(outcome);
        } catch (RuntimeException e) {
            LOG.error("search {} did not take an outcome", job.task().batch().id(), e);
        }
    }

    /** A worker was replaced because its kernels were compiled badly. */
    void slow() {
        slow.incrementAndGet();
    }

    /** How many workers were replaced because their kernels were compiled badly. */
    public int slowWorkers() {
        return slow.get();
    }

    /** A worker died over a training; what becomes of that is the queue's business. */
    void died() {
        restarts.incrementAndGet();
    }

    /** A worker died over a task: the next one tries, unless it was the last attempt. */
    void died(Job job, String worker, String epitaph, long milliseconds) {
        restarts.incrementAndGet();
        if (job.attempt() >= ATTEMPTS) {
            Cause cause = new Cause(
                    Cause.Kind.WORKER_DIED,
                    "the worker process died in each of " + ATTEMPTS + " attempts; the last time it " + epitaph
                            + " after " + milliseconds + " ms");
            deliver(job, new Outcome.Failed(cause, job.attempt(), worker, milliseconds));
            return;
        }
        synchronized (this) {
            if (running.remove(job)) {
                queue.addFirst(new Job(job.task(), job.sink(), job.attempt() + 1));
                notify();
            }
        }
    }

    /** A worker is ready. */
    synchronized void started() {
        failedStarts = 0;
    }

    /** A worker did not become ready; when that happens again and again, nothing may go on waiting. */
    void notStarted(String why) {
        List<Job> hopeless;
        synchronized (this) {
            if (++failedStarts < HOPELESS) {
                return;
            }
            hopeless = List.copyOf(queue);
            queue.clear();
        }
        trainings.giveUp(why);
        Cause cause = new Cause(Cause.Kind.WORKER_DIED, "no worker process can be started: " + why);
        hopeless.forEach(job -> accept(job, new Outcome.Failed(cause, job.attempt(), "", 0)));
    }

    @Override
    public void withdraw(Batch batch) {
        synchronized (this) {
            queue.removeIf(job -> job.task().batch().id().equals(batch.id()));
            running.removeIf(job -> job.task().batch().id().equals(batch.id()));
        }
        supervisors.forEach(each -> each.withdraw(batch.id()));
    }

    @Override
    public int parallelism() {
        return options.workers();
    }

    /** Worker processes that live now. */
    public int alive() {
        return (int) supervisors.stream().filter(Supervisor::alive).count();
    }

    /** How often a worker died over a task. */
    public int restarts() {
        return restarts.get();
    }

    /** Tasks that wait for a worker. */
    public synchronized int waiting() {
        return queue.size();
    }

    /** Process ids of the workers that live now. */
    public List<Long> pids() {
        return supervisors.stream().flatMap(each -> each.pid().stream()).toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            trainings.close();
            queue.clear();
            running.clear();
            notifyAll();
        }
        supervisors.forEach(Supervisor::stop);
        supervisors.forEach(Supervisor::join);
        clock.shutdownNow();
    }
}
