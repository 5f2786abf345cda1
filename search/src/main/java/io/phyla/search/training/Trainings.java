package io.phyla.search.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.document.Parameters;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingJournal.Header;
import io.phyla.search.training.TrainingJournal.Standing;
import io.phyla.search.training.TrainingJournal.Unfinished;
import io.phyla.spaces.schema.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All trainings of a service: takes up at start what an earlier process left, starts new ones. One thread decides; trainings
 * say little, so it serves them all.
 */
public final class Trainings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);
    private static final long TICK_SECONDS = 1;
    private static final String AGAIN = "the service was started again";

    private final TrainingJournal journal;
    private final TrainingPool pool;
    private final Consumer<CommittedTraining> listener;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("trainings").factory());

    /** @param listener is told every entry once it is durable; it must return at once */
    public Trainings(TrainingJournal journal, TrainingPool pool, Consumer<CommittedTraining> listener) {
        this.journal = journal;
        this.pool = pool;
        this.listener = listener;
        thread.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes up every training that has not ended; paused ones stay paused. */
    public void recover() {
        run(() -> journal.unfinished().forEach(this::takeUp));
    }

    private void takeUp(Unfinished found) {
        Course course = open(found.header(), found.standing());
        if (course.state() != TrainingState.PAUSED) {
            train(course, AGAIN);
        }
    }

    /** Starts a training under a fresh identifier; it is durable when this returns. */
    public void create(Header header) {
        journal.create(header);
        run(() -> train(open(header, Standing.FRESH), null));
    }

    private Course open(Header header, Standing standing) {
        TrainingPool.Task task =
                new TrainingPool.Task(header.id(), header.settings(), header.network(), limits(header));
        Course course = new Course(task, standing, journal, entry -> tell(new CommittedTraining(header.id(), entry)));
        courses.put(header.id(), course);
        return course;
    }

    private static TrainingLimits limits(Header header) {
        try {
            return Parameters.read(Json.MAPPER.readTree(header.settings()).path("limits"), TrainingLimits.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of training " + header.id() + " cannot be read", e);
        }
    }

    private void tell(CommittedTraining committed) {
        if (committed.entry() instanceof Entry.StateChanged changed && changed.weights() != null) {
            String weights = changed.weights();
            // On the thread that discards: between its look at the journal and the discarding nothing changes.
            later(() -> pool.recorded(weights));
        }
        try {
            listener.accept(committed);
        } catch (RuntimeException e) {
            LOG.error("training {}: a listener did not take an entry", committed.training(), e);
        }
    }

    private void train(Course course, @Nullable String why) {
        int turn = course.waits(why);
        pool.train(course.task(), report -> later(() -> take(course, turn, report)));
    }

    private void take(Course course, int turn, TrainingPool.Report report) {
        boolean before = course.state().ended();
        course.take(turn, report);
        if (course.state().ended() && !before) {
            clear(course);
        } else if (before && report instanceof TrainingPool.Report.Trained trained) {
            // It was done in the moment when somebody ended it: nobody will ask for what it found.
            pool.recorded(trained.weights());
            discard(trained.weights());
        }
    }

    /**
     * What has ended keeps its journal and its weights, and nothing else. It is stopped even so: when it was paused and let go
     * on while its worker came to the end, it waits for a worker once more.
     */
    private void clear(Course course) {
        courses.remove(course.task().id());
        pool.stop(course.task().id());
        pool.forget(course.task().id());
    }

    private void tick() {
        for (Course each : courses.values()) {
            if (each.waitedTooLong()) {
                each.fail("no worker was free for it within "
                        + each.task().limits().waitSeconds() + " seconds");
                clear(each);
            }
        }
    }

    /** The training as it is in this process; empty if it has ended. */
    public Optional<LiveTraining> live(String id) {
        return Optional.ofNullable(courses.get(id)).map(Course::live);
    }

    /** How many have not ended. */
    public int active() {
        return courses.size();
    }

    /**
     * Has a training leave its worker, with a checkpoint.
     *
     * @throws StateConflict if it has ended or stands still
     */
    public void pause(String id) {
        change(id, course -> {
            if (course.state() != TrainingState.PAUSED) {
                course.pause();
                pool.stop(id);
            }
        });
    }

    /** Lets a paused training go on; see {@link #pause}. */
    public void resume(String id) {
        change(id, course -> {
            if (course.state() == TrainingState.PAUSED) {
                train(course, null);
            }
        });
    }

    /** Ends a training for good; its curve stays. See {@link #pause}. */
    public void cancel(String id) {
        change(id, course -> {
            course.cancel();
            clear(course);
        });
    }

    private void change(String id, Consumer<Course> change) {
        run(() -> {
            Course found = courses.get(id);
            if (found == null) {
                throw new StateConflict("the training has ended");
            }
            found.check();
            change.accept(found);
        });
    }

    /**
     * Forgets a training and its weights, unless another training came to the same ones or learns from them.
     *
     * @throws StateConflict if it has not ended
     */
    public void delete(String id) {
        run(() -> {
            Optional<Standing> standing = journal.standing(id);
            if (courses.containsKey(id)
                    || standing.isPresent() && !standing.get().state().ended()) {
                throw new StateConflict("the training has not ended; cancel it first");
            }
            journal.delete(id);
            standing.map(Standing::weights).ifPresent(this::discard);
        });
    }

    private void discard(String weights) {
        if (!journal.uses(weights)) {
            pool.discard(weights);
        }
    }

    private void later(Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("a training's report was not taken", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("a report came after the end");
        }
    }

    private void run(Runnable work) {
        try {
            CompletableFuture.runAsync(work, thread).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }

    /** Leaves all trainings as they are; the next start takes them up. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a training's last report was not taken");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
