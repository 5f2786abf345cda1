package io.phyla.search.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.Identifiers;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All searches of a service: takes up at start what an earlier process left, starts new ones, ends them all at close. */
public final class Searches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Searches.class);

    private final Journal journal;
    private final EvaluatorPool pool;
    private final Artifacts artifacts;
    private final Consumer<Committed> listener;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** @param listener is told every entry once it is durable; it must return at once */
    public Searches(Journal journal, EvaluatorPool pool, Artifacts artifacts, Consumer<Committed> listener) {
        this.journal = journal;
        this.pool = pool;
        this.artifacts = artifacts;
        this.listener = listener;
    }

    private record Running(RunLoop loop, Thread thread) {}

    /** Takes up every search that has not ended; paused ones stay paused. */
    public void recover() {
        for (Journal.Header header : journal.unfinished()) {
            try {
                recover(header);
            } catch (RuntimeException e) {
                LOG.error("search {} cannot be taken up", header.id(), e);
                abandon(header, e);
            }
        }
    }

    private void recover(Journal.Header header) {
        SearchSetup setup = switch (DocumentReader.read(parse(header.document()), artifacts)) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused ->
                throw new IllegalStateException("its document is not accepted any more: " + refused.problems());
        };
        Proposals proposals = new Proposals(setup);
        Books books = new Books(setup);
        Finish finish = new Finish(header.id(), setup);
        journal.snapshot(header.id()).ifPresent(proposals::restore);
        journal.replay(header.id(), 0, entry -> {
            books.replay(entry);
            switch (entry) {
                case Entry.CandidateDone done -> {
                    double[] gains = books.gains(done.candidate());
                    proposals.replay(done.candidate(), gains);
                    finish.take(done, gains);
                }
                case Entry.FinalDone done -> finish.replay(done);
                case Entry.StateChanged _ -> {
                    // The books know it.
                }
            }
        });
        proposals.replayed();
        if (!books.state().ended()) {
            start(header.id(), setup, proposals, books, finish);
        }
    }

    /** Ends a search that cannot be taken up; if even that fails, the next start tries again. */
    private void abandon(Journal.Header header, RuntimeException why) {
        try {
            Entry[] last = new Entry[1];
            journal.replay(header.id(), 0, entry -> last[0] = entry);
            long sequence = last[0] == null ? 1 : last[0].sequence() + 1;
            Summary summary = last[0] == null ? Summary.EMPTY : last[0].summary();
            Entry entry = new Entry.StateChanged(
                    sequence, SearchState.FAILED, "failed: " + why.getMessage(), System.currentTimeMillis(), summary);
            journal.append(header.id(), List.of(entry)).toCompletableFuture().join();
        } catch (RuntimeException e) {
            LOG.error("search {}: that it failed cannot be written down", header.id(), e);
        }
    }

    /** Starts a search under a fresh {@link #newId}; it is durable when this returns. */
    public void create(String id, SearchSetup setup) {
        Proposals proposals = new Proposals(setup);
        Books books = new Books(setup);
        journal.create(new Journal.Header(
                id,
                setup.document().name(),
                Json.MAPPER.valueToTree(setup.document()).toString(),
                System.currentTimeMillis()));
        start(id, setup, proposals, books, new Finish(id, setup));
    }

    /** An identifier that no search has. */
    public String newId() {
        return Identifiers.fresh();
    }

    private void start(String id, SearchSetup setup, Proposals proposals, Books books, Finish finish) {
        RunLoop loop = new RunLoop(id, setup, journal, pool, listener, proposals, books, finish);
        Thread thread = Thread.ofPlatform().name("search-" + id).unstarted(() -> {
            try {
                loop.run();
            } finally {
                if (loop.live().halted() == null) {
                    running.remove(id);
                }
            }
        });
        running.put(id, new Running(loop, thread));
        thread.start();
    }

    /** The search as it is in this process, also if it stands still; empty if it has ended. */
    public Optional<Live> live(String id) {
        return Optional.ofNullable(running.get(id)).map(each -> each.loop().live());
    }

    /** How many searches go on, or are paused. */
    public int active() {
        return (int) running.values().stream()
                .filter(each -> each.loop().live().halted() == null)
                .filter(each -> !each.loop().live().state().ended())
                .count();
    }

    /** Evaluations of all searches that are handed out and whose results are not durable yet. */
    public int inFlight() {
        return running.values().stream()
                .mapToInt(each -> each.loop().live().inFlight())
                .sum();
    }

    /** Stops proposing; evaluations under way still count. */
    public void pause(String id) {
        wish(id, SearchState.PAUSED);
    }

    public void resume(String id) {
        wish(id, SearchState.RUNNING);
    }

    /** Ends a search; evaluations under way are dropped. */
    public void cancel(String id) {
        wish(id, SearchState.CANCELLED);
    }

    /** @throws StateConflict if the search has ended or stands still */
    private void wish(String id, SearchState state) {
        Running found = running.get(id);
        if (found == null || found.loop().live().state().ended()) {
            throw new StateConflict("the search has ended");
        }
        String halted = found.loop().live().halted();
        if (halted != null) {
            throw new StateConflict("the search stands still until the next start of the service: " + halted);
        }
        found.loop().wish(state);
    }

    /**
     * Forgets a search. One that has just ended is waited for, because its last entries may not be durable yet.
     *
     * @throws StateConflict if the search has not ended
     */
    public void delete(String id) {
        Running found = running.get(id);
        if (found != null) {
            if (!found.loop().live().state().ended()) {
                throw new StateConflict("the search has not ended; cancel it first");
            }
            join(found.thread());
            if (found.thread().isAlive()) {
                throw new StateConflict("the search is still ending");
            }
        }
        journal.delete(id);
        running.remove(id);
    }

    private static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the document cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Leaves all searches as they are; the next start takes them up. */
    @Override
    public void close() {
        running.values().forEach(each -> each.loop().stop());
        running.values().forEach(each -> join(each.thread()));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
