package io.phyla.evaluators.worker;

import io.phyla.search.training.TrainingPool.Report;
import io.phyla.search.training.TrainingPool.Task;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A training that waits for a worker or has one. */
final class TrainingJob implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    final Task task;
    private final Consumer<Report> sink;
    private volatile int attempt;
    private volatile boolean stop;
    private volatile boolean yield;
    private volatile boolean ready;

    TrainingJob(Task task, Consumer<Report> sink) {
        this.task = task;
        this.sink = sink;
    }

    /** What goes wrong in whoever listens must not end the supervisor that serves the others. */
    void report(Report report) {
        try {
            sink.accept(report);
        } catch (RuntimeException e) {
            LOG.error("training {} did not take a report", task.id(), e);
        }
    }

    /** Another worker tries. */
    void begin(String worker) {
        attempt++;
        yield = false;
        ready = false;
        report(new Report.Started(worker, attempt));
    }

    /** There is a new checkpoint: whatever killed workers before lies behind it. */
    void saved() {
        attempt = 1;
    }

    /** It left its worker with a checkpoint, as it was asked to: nobody was lost. */
    void leaves() {
        attempt = 0;
    }

    /** Its worker has network and data and begins to train. */
    void ready() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    /** Workers that tried since the last checkpoint. */
    int attempt() {
        return attempt;
    }

    /** Somebody wants it to stop. */
    void stop() {
        stop = true;
    }

    boolean stopped() {
        return stop;
    }

    /** Others are to have its worker for a while. */
    void yield() {
        yield = true;
    }

    /** Whether it is to leave its worker at the next point. */
    boolean toLeave() {
        return stop || yield;
    }
}
