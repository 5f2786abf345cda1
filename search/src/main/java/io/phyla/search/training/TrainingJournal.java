package io.phyla.search.training;

import io.phyla.search.port.Sequenced;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is durable of trainings. Entries of one training have sequence numbers without gaps, from 1. */
public interface TrainingJournal {

    /** Makes a training known, in state {@link TrainingState#WAITING}; it is durable when this returns. */
    void create(Header header);

    /** All trainings that have not ended, oldest first, for start-up. */
    List<Unfinished> unfinished();

    /** How a training stands by its newest durable entry; empty if there is none of this name. */
    Optional<Standing> standing(String training);

    /**
     * Appends entries of one training in order, all or none; they may share a transaction with others. Returns at once; the
     * stage completes when they are durable.
     */
    CompletionStage<Void> append(String training, List<Entry> entries);

    /** Forgets a training and everything of it. */
    void delete(String training);

    /** Whether some training has these weights, or something else that is remembered needs that file. */
    boolean uses(String weights);

    /**
     * A training as it was submitted.
     *
     * @param id its identifier, unique
     * @param settings everything but the network as JSON, defaults filled in; its member {@code limits} are {@link
     *     TrainingLimits}
     * @param network as JSON
     * @param createdAt milliseconds since the epoch
     */
    record Header(String id, String name, String settings, String network, long createdAt) {}

    /**
     * How a training stands.
     *
     * @param reason why it ended; null while it has not
     * @param sequence the newest entry's
     * @param seconds time with a worker, over all starts of the service
     * @param newest the curve's last point; null before the first
     * @param weights SHA-256 of the trained weights among the artifacts; null before they are there
     */
    record Standing(
            TrainingState state,
            @Nullable String reason,
            long sequence,
            double seconds,
            @Nullable CurvePoint newest,
            @Nullable String weights) {

        static final Standing FRESH = new Standing(TrainingState.WAITING, null, 0, 0, null, null);
    }

    /** A training to be taken up. */
    record Unfinished(Header header, Standing standing) {}

    /** Something that happened in a training; seconds are its time with a worker until then. */
    sealed interface Entry extends Sequenced {

        double seconds();

        /** The curve grew; its points' steps increase, each comes once. */
        record PointAdded(long sequence, CurvePoint point, double seconds) implements Entry {}

        /**
         * The training changed its state.
         *
         * @param reason why it waits, ended or failed; null where the state says it all
         * @param weights with {@link TrainingState#FINISHED}, their SHA-256
         */
        record StateChanged(
                long sequence,
                TrainingState state,
                @Nullable String reason,
                long at,
                double seconds,
                @Nullable String weights)
                implements Entry {}
    }
}
