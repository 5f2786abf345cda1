package io.phyla.api.events;

import io.phyla.search.candidate.CandidateState;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.run.Committed;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Takes every durable entry from the searches, counts it and tells those who watch. The listener to make {@link
 * io.phyla.search.run.Searches} with.
 */
public final class Events implements Consumer<Committed> {

    private final Topics<Entry> topics = new Topics<>();
    private final AtomicLongArray candidates = new AtomicLongArray(CandidateState.values().length);
    private final AtomicLong finals = new AtomicLong();

    @Override
    public void accept(Committed committed) {
        switch (committed.entry()) {
            case Entry.CandidateDone done ->
                candidates.incrementAndGet(done.candidate().state().ordinal());
            case Entry.FinalDone _ -> finals.incrementAndGet();
            case Entry.StateChanged _ -> {
                // States are not counted.
            }
        }
        topics.publish(committed.search(), committed.entry());
    }

    /** Candidates that reached this state since the start of the process. */
    public long candidates(CandidateState state) {
        return candidates.get(state.ordinal());
    }

    /** Evaluations of last phases since the start of the process. */
    public long finals() {
        return finals.get();
    }

    /** How many readers there are. */
    public int readers() {
        return topics.readers();
    }

    Topics<Entry> topics() {
        return topics;
    }
}
