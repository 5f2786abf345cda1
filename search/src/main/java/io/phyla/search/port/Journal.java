package io.phyla.search.port;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The truth: what is appended here survives the process, and every state is rebuilt from it. Entries of one search have
 * sequence numbers without gaps, from 1.
 */
public interface Journal {

    /** Makes a search known; it is durable when this returns. */
    void create(Header header);

    /** All searches that have not ended, oldest first, for start-up. */
    List<Header> unfinished();

    /**
     * Appends entries of one search in order, all or none; they may share a transaction with others. Returns at once;
     * the stage completes when they are durable. Listeners see entries only after that.
     */
    CompletionStage<Void> append(String search, List<Entry> entries);

    /** Calls the consumer with every entry after the given sequence number, in order. */
    void replay(String search, long after, Consumer<Entry> consumer);

    /** The newest snapshot, if there is one. */
    Optional<Snapshot> snapshot(String search);

    /** Keeps a snapshot, replacing the search's older one; it is durable when this returns. */
    void save(String search, Snapshot snapshot);

    /** Forgets a search and everything of it, in chunks. */
    void delete(String search);

    /**
     * A search as it was submitted.
     *
     * @param id its identifier, unique
     * @param document the search document as JSON, defaults filled in
     * @param createdAt milliseconds since the epoch
     */
    record Header(String id, String name, String document, long createdAt) {}

    /**
     * A run's state, taken when this was the newest durable entry.
     *
     * @param state JSON, small: the strategy's and how far the run has proposed and told; the rest follows from entries
     */
    record Snapshot(long sequence, String state) {}

    /** Something that happened in a search; the summary is the search's after it. */
    sealed interface Entry extends Sequenced {

        Summary summary();

        /**
         * A candidate reached its final state.
         *
         * @param joined whether it joined the Pareto front
         * @param left numbers of the candidates that left the front because of it
         */
        record CandidateDone(long sequence, Candidate candidate, boolean joined, List<Long> left, Summary summary)
                implements Entry {}

        /**
         * An evaluation of the last phase is over.
         *
         * @param done how many of the phase are over with this one
         * @param total how many there will be
         */
        record FinalDone(long sequence, FinalEvaluation evaluation, int done, int total, Summary summary)
                implements Entry {}

        /** The search changed its state; the reason says why it ended, failed, or proposes nothing more. */
        record StateChanged(
                long sequence, SearchState state, @Nullable String reason, long at, Summary summary) implements Entry {}
    }
}
