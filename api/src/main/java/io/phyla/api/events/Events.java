package io.phyla.api.events;

import io.phyla.search.candidate.CandidateState;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.run.Committed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Takes every durable entry from the searches and keeps the newest ones of those that somebody watches. The listener to
 * make {@link io.phyla.search.run.Searches} with.
 */
public final class Events implements Consumer<Committed> {

    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLongArray candidates = new AtomicLongArray(CandidateState.values().length);

    private record Watched(Topic topic, int readers) {}

    @Override
    public void accept(Committed committed) {
        if (committed.entry() instanceof Entry.CandidateDone done) {
            candidates.incrementAndGet(done.candidate().state().ordinal());
        }
        Watched found = watched.get(committed.search());
        if (found != null) {
            found.topic().publish(committed.entry());
        }
    }

    /** Candidates that reached this state since the start of the process. */
    public long candidates(CandidateState state) {
        return candidates.get(state.ordinal());
    }

    /** How many readers there are. */
    public int readers() {
        return List.copyOf(watched.values()).stream().mapToInt(Watched::readers).sum();
    }

    /** The search's topic, from now on until {@link #leave}. */
    Topic join(String search) {
        return watched.compute(
                        search,
                        (_, found) -> found == null
                                ? new Watched(new Topic(), 1)
                                : new Watched(found.topic(), found.readers() + 1))
                .topic();
    }

    void leave(String search) {
        watched.computeIfPresent(
                search, (_, found) -> found.readers() == 1 ? null : new Watched(found.topic(), found.readers() - 1));
    }
}
