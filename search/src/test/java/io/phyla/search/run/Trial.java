package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.schema.Json;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One process with its searches: started on a journal, watched through its listener, closed like a service. */
final class Trial implements AutoCloseable {

    private final Searches searches;
    private final LinkedBlockingQueue<StateChanged> changes = new LinkedBlockingQueue<>();

    Trial(Journal journal, EvaluatorPool pool) {
        searches = new Searches(journal, pool, new NoArtifacts(), each -> {
            if (each.entry() instanceof StateChanged changed) {
                changes.add(changed);
            }
        });
    }

    Searches searches() {
        return searches;
    }

    String start(String document) {
        String id = searches.newId();
        searches.create(id, setup(document));
        return id;
    }

    /** Waits until the search is said to be in a state. */
    StateChanged await(SearchState state) throws InterruptedException {
        while (true) {
            StateChanged next = changes.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("told that the search is " + state).isNotNull();
            if (next.state() == state) {
                return next;
            }
            assertThat(next.state().ended()).as("ended by " + next.reason()).isFalse();
        }
    }

    /** Waits until the search in this process is so, of which listeners need not be told. */
    static Live await(Searches searches, String id, Predicate<Live> wanted) throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            Live live = searches.live(id).orElseThrow();
            if (wanted.test(live)) {
                return live;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("never so");
    }

    @Override
    public void close() {
        searches.close();
    }

    static SearchSetup setup(String document) {
        try {
            DocumentReader.Result read = DocumentReader.read(Json.MAPPER.readTree(document), new NoArtifacts());
            assertThat(read).isInstanceOf(DocumentReader.Result.Accepted.class);
            return ((DocumentReader.Result.Accepted) read).setup();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A search in a journal, without what differs from run to run. */
    record Finished(String id, MemoryJournal journal) {

        SortedMap<Long, Candidate> candidates() {
            return Trial.candidates(journal.entries(id));
        }

        /** What the last phase gave, in the order in which it is handed out. */
        List<FinalEvaluation> finals() {
            return Trial.finals(journal.entries(id));
        }

        StateChanged end() {
            return (StateChanged) journal.entries(id).getLast();
        }

        Summary summary() {
            return withoutSeconds(end().summary());
        }
    }

    /** By number; a number that stands twice is an error. */
    static SortedMap<Long, Candidate> candidates(List<Entry> entries) {
        SortedMap<Long, Candidate> found = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.CandidateDone done) {
                assertThat(found.put(done.candidate().number(), withoutWork(done.candidate())))
                        .isNull();
            }
        }
        return found;
    }

    /** In the order in which they are handed out; one that stands twice is an error. */
    static List<FinalEvaluation> finals(List<Entry> entries) {
        List<FinalEvaluation> found = entries.stream()
                .filter(Entry.FinalDone.class::isInstance)
                .map(each -> withoutWork(((Entry.FinalDone) each).evaluation()))
                .sorted(Comparator.comparingInt(FinalEvaluation::repetition).thenComparingInt(FinalEvaluation::place))
                .toList();
        assertThat(found)
                .extracting(each -> each.subject() + " " + each.repetition())
                .doesNotHaveDuplicates();
        return found;
    }

    private static FinalEvaluation withoutWork(FinalEvaluation it) {
        return new FinalEvaluation(
                it.subject(),
                it.place(),
                it.repetition(),
                it.seed(),
                it.measurements(),
                it.cause(),
                it.cost(),
                Candidate.Work.NONE);
    }

    private static Candidate withoutWork(Candidate it) {
        return new Candidate(
                it.number(),
                it.key(),
                it.genome(),
                it.origin(),
                it.state(),
                it.measurements(),
                it.cause(),
                it.duplicateOf(),
                it.cost(),
                it.screened(),
                Candidate.Work.NONE);
    }

    static Summary withoutSeconds(Summary it) {
        return it.withSeconds(0);
    }

    static Finished run(String document, int workers) throws InterruptedException {
        MemoryJournal journal = new MemoryJournal();
        try (ShufflingPool pool = new ShufflingPool(workers, workers);
                Trial trial = new Trial(journal, pool)) {
            String id = trial.start(document);
            trial.await(SearchState.FINISHED);
            return new Finished(id, journal);
        }
    }

    /** Takes up what the journal holds. */
    static Finished recover(String id, MemoryJournal journal, SearchState end) throws InterruptedException {
        try (ShufflingPool pool = new ShufflingPool(3, 99);
                Trial trial = new Trial(journal, pool)) {
            trial.searches().recover();
            trial.await(end);
            return new Finished(id, journal);
        }
    }
}
