package io.phyla.evaluators.worker;

import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.search.port.EvaluatorPool.Limits;
import io.phyla.search.training.TrainingPool.Report;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A training's stay with one worker process. */
final class TrainingTurn {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingTurn.class);
    private static final long TICK_MILLIS = 50;

    private final WorkerProcess worker;
    private final String name;
    private final TrainingJob job;
    private final TrainingQueue queue;
    private final BooleanSupplier othersWait;
    private boolean asked;

    TrainingTurn(WorkerProcess worker, String name, TrainingJob job, TrainingQueue queue, BooleanSupplier othersWait) {
        this.worker = worker;
        this.name = name;
        this.job = job;
        this.queue = queue;
        this.othersWait = othersWait;
    }

    /**
     * From the request to the training's leave.
     *
     * @param own resident bytes that the worker may have beside the training's
     * @return the last reply; empty if the process is not to be used again
     */
    Optional<Reply.Left> serve(long ticket, long own, ScheduledExecutorService clock, BooleanSupplier closing) {
        Limits limits = new Limits(
                TimeUnit.SECONDS.toMillis(job.task.limits().silenceSeconds()),
                job.task.limits().bytes());
        ScheduledFuture<?> ticks =
                clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        Optional<Reply.Left> left;
        Watch watch = new Watch(worker, limits, own, clock, "the training");
        try (watch) {
            left = follow(ticket, watch);
        } finally {
            ticks.cancel(false);
        }
        if (left.isPresent()) {
            end(left.get());
        } else if (!closing.getAsBoolean() && watch.cause().isEmpty() && worker.slow()) {
            queue.giveBack(job);
        } else if (!closing.getAsBoolean()) {
            String how =
                    watch.cause().map(cause -> "was ended: " + cause.detail()).orElseGet(worker::epitaph);
            LOG.warn("{} {} over training {}", name, how, job.task.id());
            queue.died(job, name, how);
        }
        return left;
    }

    private Optional<Reply.Left> follow(long ticket, Watch watch) {
        job.begin(name);
        try {
            worker.send(new Request.Train(
                    ticket, job.task, queue.files().of(job.task.id()).toString()));
        } catch (IOException e) {
            LOG.debug("{} takes no request", name, e);
            return Optional.empty();
        }
        for (Optional<Reply> reply = worker.next(); reply.isPresent(); reply = worker.next()) {
            switch (reply.get()) {
                case Reply.Ready _ -> LOG.debug("{} is ready once more", name);
                case Reply.Done _, Reply.Inspected _ -> LOG.debug("{} answers late", name);
                case Reply.Started _ -> {
                    watch.started();
                    queue.started(job);
                }
                case Reply.Saved _ -> job.saved();
                case Reply.Progress progress -> {
                    watch.started();
                    job.report(new Report.Point(progress.point()));
                }
                case Reply.Left left -> {
                    return Optional.of(left);
                }
            }
        }
        return Optional.empty();
    }

    private void end(Reply.Left left) {
        if (left.cause() != null) {
            queue.fail(job, left.cause());
        } else if (left.trained()) {
            queue.trained(job);
        } else {
            queue.left(job);
        }
    }

    /** Asks it to leave, once; on the clock's thread. */
    private void tick() {
        queue.look(job, othersWait.getAsBoolean());
        if (job.toLeave() && !asked) {
            asked = true;
            try {
                worker.send(new Request.Stop());
            } catch (IOException e) {
                LOG.debug("{} takes no request", name, e);
            }
        }
    }
}
