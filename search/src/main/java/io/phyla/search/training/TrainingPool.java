package io.phyla.search.training;

import io.phyla.search.candidate.Cause;
import java.util.function.Consumer;

/**
 * Where networks are trained: in worker processes, one training in one of them at a time. It keeps each training's
 * checkpoint, and whatever befalls a worker, the training goes on from there.
 */
public interface TrainingPool {

    /**
     * Hands a training over; returns at once. It goes on at its checkpoint if it has one. The sink is called from any
     * thread, one call after the other; {@link Report#last} ends it.
     */
    void train(Task task, Consumer<Report> sink);

    /** Has a training leave its worker at its next point, with a checkpoint; the sink is told. */
    void stop(String training);

    /** Removes a training's checkpoint, as soon as nothing works on it. */
    void forget(String training);

    /** Somebody who reported {@link Report.Trained} is written down, or not wanted any more. */
    void recorded(String weights);

    /** Removes trained weights, unless somebody reports the same ones and is not {@link #recorded} yet. */
    void discard(String weights);

    /**
     * A training.
     *
     * @param settings as in {@link TrainingJournal.Header}
     */
    record Task(String id, String settings, String network, TrainingLimits limits) {}

    /** What becomes of a training. */
    sealed interface Report {

        /** Whether nothing follows. */
        default boolean last() {
            return this instanceof Stopped || this instanceof Trained || this instanceof Failed;
        }

        /**
         * A worker has it.
         *
         * @param attempt how many workers have tried since its last checkpoint, with this one
         */
        record Started(String worker, int attempt) implements Report {}

        /** A point of its curve; after a checkpoint is taken up, points come again that came before. */
        record Point(CurvePoint point) implements Report {}

        /** It has no worker any more and waits for the next. */
        record Waits(String why) implements Report {}

        /** It was stopped as asked. */
        record Stopped() implements Report {}

        /** It is done; the weights are among the artifacts under this SHA-256. */
        record Trained(String weights) implements Report {}

        /** It cannot go on. */
        record Failed(Cause cause) implements Report {}
    }
}
