package io.phyla.evaluators.worker;

import io.phyla.search.port.Artifacts;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingPool;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Trains in this process, one network after the other, for debugging: no bound but that of the plan's memory. The queue is
 * the one that worker processes have, with one worker that nobody else wants.
 */
final class InlineTrainings implements AutoCloseable {

    private final TrainingQueue queue;
    private final TrainingRunner runner;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("inline-training").factory());
    private volatile boolean closed;

    InlineTrainings(Artifacts artifacts, TrainingFiles files) {
        queue = new TrainingQueue(this, 1, files, TrainingQueue.TURN);
        runner = new TrainingRunner(artifacts);
        thread.execute(this::serve);
    }

    TrainingPool pool() {
        return queue;
    }

    private void serve() {
        try {
            for (TrainingJob job = take(); job != null; job = take()) {
                train(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable TrainingJob take() throws InterruptedException {
        TrainingJob job = queue.next(false);
        while (job == null && !closed) {
            wait();
            job = queue.next(false);
        }
        return job;
    }

    private void train(TrainingJob job) {
        job.begin(Thread.currentThread().getName());
        TrainingRunner.End end = runner.run(
                job.task,
                queue.files().of(job.task.id()),
                () -> closed || job.toLeave(),
                new TrainingRunner.Listener() {
                    @Override
                    public void started() {}

                    @Override
                    public void point(CurvePoint point) {
                        job.report(new TrainingPool.Report.Point(point));
                    }

                    @Override
                    public void saved() {
                        job.saved();
                    }
                });
        switch (end) {
            case TrainingRunner.End.Trained _ -> queue.trained(job);
            case TrainingRunner.End.NotTrained not -> queue.fail(job, not.cause());
            case TrainingRunner.End.Stopped _ -> {
                if (!closed) {
                    queue.left(job);
                }
            }
        }
    }

    /** Has the training under way leave at its next point; an interrupt would tear its checkpoint. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queue.close();
            notifyAll();
        }
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
