package io.phyla.evaluators.worker;

import io.phyla.search.candidate.Cause;
import io.phyla.search.training.TrainingPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trainings beside evaluations. Each has one worker for itself, and one worker is always left to evaluations; first come,
 * first served. Where there is only one worker, they take turns: a training that has had it for ten seconds while
 * evaluations wait leaves at its next point with a checkpoint, and evaluations have it for ten seconds or until none waits.
 */
final class TrainingQueue implements TrainingPool {

    static final Duration TURN = Duration.ofSeconds(10);

    private final Object lock;
    private final TrainingFiles files;
    private final boolean alone;
    private final int most;
    private final long turn;
    private final ArrayDeque<TrainingJob> waiting = new ArrayDeque<>();
    private final Map<String, TrainingJob> running = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private long turnEnds;
    private boolean closed;

    /**
     * @param lock the pool's: who waits for work waits on it
     * @param turn how long the only worker stays with one side while the other waits
     */
    TrainingQueue(Object lock, int workers, TrainingFiles files, Duration turn) {
        this.lock = lock;
        this.files = files;
        this.turn = turn.toNanos();
        alone = workers == 1;
        most = Math.max(1, workers - 1);
    }

    TrainingFiles files() {
        return files;
    }

    @Override
    public void train(Task task, Consumer<Report> sink) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the worker pool is closed");
            }
            waiting.addLast(new TrainingJob(task, sink));
            lock.notifyAll();
        }
    }

    @Override
    public void stop(String training) {
        List<TrainingJob> dropped = new ArrayList<>();
        synchronized (lock) {
            for (Iterator<TrainingJob> each = waiting.iterator(); each.hasNext(); ) {
                TrainingJob job = each.next();
                if (job.task.id().equals(training)) {
                    each.remove();
                    dropped.add(job);
                }
            }
            TrainingJob now = running.get(training);
            if (now != null) {
                now.stop();
            }
        }
        dropped.forEach(job -> job.report(new Report.Stopped()));
    }

    @Override
    public void forget(String training) {
        synchronized (lock) {
            if (running.containsKey(training)) {
                forgotten.add(training);
                return;
            }
        }
        files.forget(training);
    }

    @Override
    public void recorded(String weights) {
        files.recorded(weights);
    }

    @Override
    public void discard(String weights) {
        files.discard(weights);
    }

    /** The next training, if one may have a worker now; the pool's lock is held. */
    @Nullable
    TrainingJob next(boolean othersWait) {
        if (running.size() >= most || alone && othersWait && System.nanoTime() - turnEnds < 0) {
            return null;
        }
        for (Iterator<TrainingJob> each = waiting.iterator(); each.hasNext(); ) {
            TrainingJob job = each.next();
            if (!running.containsKey(job.task.id())) {
                each.remove();
                running.put(job.task.id(), job);
                turnEnds = System.nanoTime() + turn;
                return job;
            }
        }
        return null;
    }

    /** A training's turn begins with its first step: with data that takes longer to load it would never come to one. */
    void started(TrainingJob job) {
        synchronized (lock) {
            turnEnds = System.nanoTime() + turn;
            job.ready();
        }
    }

    /** Has a training give its worker up if others wait and it is their turn. */
    void look(TrainingJob job, boolean othersWait) {
        synchronized (lock) {
            if (alone && othersWait && job.isReady() && System.nanoTime() - turnEnds >= 0) {
                job.yield();
            }
        }
    }

    /** A worker was gone before it was given the training. */
    void giveBack(TrainingJob job) {
        release(job, true);
    }

    /** The training has left its worker, as it was asked to. */
    void left(TrainingJob job) {
        synchronized (lock) {
            turnEnds = System.nanoTime() + turn;
            job.leaves();
            release(job, false);
            if (job.stopped()) {
                job.report(new Report.Stopped());
            } else {
                job.report(new Report.Waits("it is the evaluations' turn"));
                waiting.addLast(job);
            }
        }
    }

    /** The training's worker died: the next one tries, unless it was the last attempt. */
    void died(TrainingJob job, String worker, String how) {
        if (job.attempt() >= ProcessPool.ATTEMPTS && !job.stopped()) {
            fail(
                    job,
                    new Cause(
                            Cause.Kind.WORKER_DIED,
                            "the worker process was lost in each of " + ProcessPool.ATTEMPTS
                                    + " attempts since the last checkpoint; the last time it " + how));
        } else {
            job.report(new Report.Waits(worker + " " + how + "; the training goes on from its last checkpoint"));
            release(job, true);
        }
    }

    void fail(TrainingJob job, Cause cause) {
        release(job, false);
        job.report(new Report.Failed(cause));
    }

    /** The training is done. */
    void trained(TrainingJob job) {
        Report report;
        try {
            report = new Report.Trained(files.keep(files.of(job.task.id()).resolve(TrainingRunner.WEIGHTS)));
        } catch (IOException e) {
            report = new Report.Failed(
                    new Cause(Cause.Kind.EVALUATION_FAILED, "the trained weights cannot be kept: " + e.getMessage()));
        }
        release(job, false);
        job.report(report);
    }

    private void release(TrainingJob job, boolean again) {
        boolean forget;
        synchronized (lock) {
            running.remove(job.task.id(), job);
            forget = forgotten.remove(job.task.id());
            if (again && job.stopped()) {
                job.report(new Report.Stopped());
            } else if (again && !closed) {
                waiting.addFirst(job);
            }
            lock.notifyAll();
        }
        if (forget) {
            files.forget(job.task.id());
        }
    }

    /** No worker can be started: nothing may go on waiting for one. */
    void giveUp(String why) {
        List<TrainingJob> hopeless;
        synchronized (lock) {
            hopeless = List.copyOf(waiting);
            waiting.clear();
        }
        Cause cause = new Cause(Cause.Kind.WORKER_DIED, "no worker process can be started: " + why);
        hopeless.forEach(job -> job.report(new Report.Failed(cause)));
    }

    /** Nothing starts any more; the pool's lock is held. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
