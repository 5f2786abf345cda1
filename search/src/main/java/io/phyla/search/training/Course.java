package io.phyla.search.training;

import io.phyla.search.progress.RateMeter;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingJournal.Standing;
import io.phyla.search.training.TrainingPool.Report;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training on its way. Everything here runs on the one thread of {@link Trainings}, but for {@link #live}, which anybody
 * may read, and what the journal answers.
 */
final class Course {

    private static final Logger LOG = LoggerFactory.getLogger(Course.class);

    private final TrainingPool.Task task;
    private final TrainingJournal journal;
    private final Consumer<Entry> durable;
    private RateMeter meter = new RateMeter();

    private TrainingState state;
    private long sequence;
    private double secondsBefore;
    private long step;
    private long since = System.nanoTime();
    private int turn;
    private int attempt;
    private double rate;
    private @Nullable String worker;
    private volatile @Nullable String halted;
    private volatile LiveTraining live = new LiveTraining(null, 0, 0, null);

    /** @param durable is told every entry once it is durable, from any thread */
    Course(TrainingPool.Task task, Standing standing, TrainingJournal journal, Consumer<Entry> durable) {
        this.task = task;
        this.journal = journal;
        this.durable = durable;
        state = standing.state();
        sequence = standing.sequence();
        secondsBefore = standing.seconds();
        CurvePoint newest = standing.newest();
        step = newest == null ? 0 : newest.step();
    }

    TrainingPool.Task task() {
        return task;
    }

    LiveTraining live() {
        return live;
    }

    TrainingState state() {
        return state;
    }

    /** Begins to wait for a worker; the result tells reports of this turn from those of an earlier one. */
    int waits(@Nullable String why) {
        if (sequence == 0 || state != TrainingState.WAITING) {
            enter(TrainingState.WAITING, why, null, null);
        }
        return ++turn;
    }

    void pause() {
        enter(TrainingState.PAUSED, null, null, null);
    }

    void cancel() {
        enter(TrainingState.CANCELLED, "cancelled", null, null);
    }

    void fail(String why) {
        enter(TrainingState.FAILED, "failed: " + why, null, null);
    }

    /** @throws StateConflict if it has ended, or stands still */
    void check() {
        if (state.ended()) {
            throw new StateConflict("the training has ended");
        }
        if (halted != null) {
            throw new StateConflict("the training stands still until the next start of the service: " + halted);
        }
    }

    /** Whether it has waited for a worker as long as it may. */
    boolean waitedTooLong() {
        return state == TrainingState.WAITING
                && halted == null
                && System.nanoTime() - since
                        > TimeUnit.SECONDS.toNanos(task.limits().waitSeconds());
    }

    /**
     * Takes what the pool says.
     *
     * @param of the turn the report belongs to; what an earlier one found out counts, how it stood does not
     */
    void take(int of, Report report) {
        if (state.ended() || halted != null) {
            return;
        }
        switch (report) {
            case Report.Point point -> add(point.point());
            case Report.Trained trained -> enter(TrainingState.FINISHED, "finished", trained.weights(), null);
            case Report.Started started -> {
                if (of == turn && state == TrainingState.WAITING) {
                    attempt = started.attempt();
                    meter = new RateMeter();
                    enter(TrainingState.RUNNING, null, null, started.worker());
                }
            }
            case Report.Waits waits -> {
                if (of == turn && state == TrainingState.RUNNING) {
                    enter(TrainingState.WAITING, waits.why(), null, null);
                }
            }
            case Report.Failed failed -> {
                if (of == turn) {
                    fail(failed.cause().detail());
                }
            }
            case Report.Stopped _ -> LOG.debug("training {} has left its worker", task.id());
        }
    }

    /** When a checkpoint is taken up, points come again as they came before. */
    private void add(CurvePoint point) {
        rate = meter.rate(System.nanoTime(), point.step());
        if (point.step() > step) {
            step = point.step();
            append(new Entry.PointAdded(++sequence, point, seconds()));
        }
        show();
    }

    private void enter(TrainingState next, @Nullable String why, @Nullable String weights, @Nullable String by) {
        secondsBefore = seconds();
        since = System.nanoTime();
        state = next;
        worker = by;
        rate = 0;
        append(new Entry.StateChanged(++sequence, next, why, System.currentTimeMillis(), secondsBefore, weights));
        show();
    }

    private double seconds() {
        return state == TrainingState.RUNNING ? secondsBefore + (System.nanoTime() - since) / 1e9 : secondsBefore;
    }

    private void append(Entry entry) {
        journal.append(task.id(), List.of(entry)).whenComplete((_, fault) -> {
            if (fault == null) {
                durable.accept(entry);
            } else {
                halt(fault);
            }
        });
    }

    /** Stands still in this process, for the journal takes nothing: the next one takes the training up where it ends. */
    private void halt(Throwable fault) {
        LOG.error("training {}: the journal takes no entries", task.id(), fault);
        halted = fault.getMessage() == null ? fault.toString() : fault.getMessage();
        LiveTraining now = live;
        live = new LiveTraining(now.worker(), now.attempt(), 0, halted);
    }

    private void show() {
        live = new LiveTraining(worker, attempt, rate, halted);
    }
}
