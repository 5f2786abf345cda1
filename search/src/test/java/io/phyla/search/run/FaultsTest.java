package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.document.SearchSetup;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.StateConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search does when the things it stands on break. */
@Timeout(120)
class FaultsTest {

    /** Takes so many tasks and throws at the next. */
    private static final class BreakingPool implements EvaluatorPool {

        private final ShufflingPool working = new ShufflingPool(2, 1);
        private final AtomicInteger left;

        BreakingPool(int tasks) {
            left = new AtomicInteger(tasks);
        }

        @Override
        public void submit(Task task, Consumer<Outcome> sink) {
            if (left.getAndDecrement() <= 0) {
                throw new IllegalStateException("no worker is left");
            }
            working.submit(task, sink);
        }

        @Override
        public void withdraw(Batch batch) {
            working.withdraw(batch);
        }

        @Override
        public int parallelism() {
            return 2;
        }

        @Override
        public void close() {
            working.close();
        }
    }

    /** Takes so many appends and refuses the next, at once or later. */
    private static class BreakingJournal implements Journal {

        private final MemoryJournal working = new MemoryJournal();
        private final AtomicInteger left;
        private final boolean atOnce;
        final AtomicInteger refused = new AtomicInteger();

        BreakingJournal(int appends, boolean atOnce) {
            left = new AtomicInteger(appends);
            this.atOnce = atOnce;
        }

        @Override
        public CompletionStage<Void> append(String search, List<Entry> entries) {
            if (left.getAndDecrement() > 0) {
                return working.append(search, entries);
            }
            IllegalStateException fault = new IllegalStateException("the disk is full");
            if (atOnce) {
                throw fault;
            }
            CompletableFuture<Void> later = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> later.completeExceptionally(fault));
            return later;
        }

        @Override
        public void create(Header header) {
            working.create(header);
        }

        @Override
        public List<Header> unfinished() {
            return working.unfinished();
        }

        @Override
        public void replay(String search, long after, Consumer<Entry> consumer) {
            working.replay(search, after, consumer);
        }

        @Override
        public Optional<Snapshot> snapshot(String search) {
            return working.snapshot(search);
        }

        @Override
        public void save(String search, Snapshot snapshot) {
            working.save(search, snapshot);
        }

        @Override
        public void delete(String search) {
            working.delete(search);
        }
    }

    /** Everything before the fault is durable and told, without a gap, and so is the fault. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    void aBrokenPoolFailsTheSearchWithEverythingBefore(int tasks) throws Exception {
        MemoryJournal journal = new MemoryJournal();
        List<Entry> told = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        try (BreakingPool pool = new BreakingPool(tasks);
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> {
                    told.add(each.entry());
                    if (each.entry() instanceof StateChanged changed
                            && changed.state().ended()) {
                        ended.countDown();
                    }
                })) {
            String id = searches.newId();
            searches.create(id, Trial.setup(Toys.NARROW));
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            List<Entry> entries = new ArrayList<>(journal.entries(id));
            assertThat(told).isEqualTo(entries);
            assertThat(((StateChanged) entries.getLast()).state()).isEqualTo(SearchState.FAILED);
            assertThat(((StateChanged) entries.getLast()).reason()).isEqualTo("failed: no worker is left");
            searches.delete(id);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAJournalTheSearchFailsVisiblyAndTheNextProcessTakesItUp(boolean atOnce) throws Exception {
        BreakingJournal journal = new BreakingJournal(20, atOnce);
        String id;
        try (ShufflingPool pool = new ShufflingPool(2, 1);
                Trial trial = new Trial(journal, pool)) {
            id = trial.start(Toys.EVOLUTION);
            Live live = Trial.await(trial.searches(), id, each -> each.halted() != null);
            assertThat(live.halted()).contains("the disk is full");
            assertThat(live.state()).as("it goes on with the next start").isEqualTo(SearchState.RUNNING);
            assertThat(live.inFlight()).isZero();
            assertThat(trial.searches().active()).isZero();
            assertThatThrownBy(() -> trial.searches().resume(id)).isInstanceOf(StateConflict.class);
            assertThat(trial.searches().live(id)).isPresent();
        }
        assertThat(Trial.recover(id, journal.working, SearchState.FINISHED).candidates())
                .isEqualTo(Trial.run(Toys.EVOLUTION, 1).candidates());
    }

    /** A snapshot is a convenience: the next process would only start later. */
    @Test
    void aSnapshotThatCannotBeKeptEndsNothing() throws Exception {
        BreakingJournal journal = new BreakingJournal(Integer.MAX_VALUE, true) {
            @Override
            public void save(String search, Snapshot snapshot) {
                refused.incrementAndGet();
                throw new IllegalStateException("the disk is full");
            }
        };
        String document = Toys.EVOLUTION
                .replace("\"evaluations\":400", "\"evaluations\":" + (Proposals.SNAPSHOT_EVERY + 200))
                .replace("\"window\":7", "\"window\":30");
        try (ShufflingPool pool = new ShufflingPool(2, 1);
                Trial trial = new Trial(journal, pool)) {
            trial.start(document);
            assertThat(trial.await(SearchState.FINISHED).reason()).isEqualTo("evaluations");
        }
        assertThat(journal.refused).hasPositiveValue();
    }

    /** A listener is a guest. */
    @Test
    void aListenerThatThrowsChangesNothing() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        String id;
        try (ShufflingPool pool = new ShufflingPool(2, 1);
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> {
                    throw new IllegalStateException("a listener has a fault");
                })) {
            id = searches.newId();
            searches.create(id, Trial.setup(Toys.NARROW));
            while (searches.live(id).isPresent()) {
                Thread.sleep(5);
            }
        }
        assertThat(Trial.candidates(journal.entries(id)))
                .isEqualTo(Trial.run(Toys.NARROW, 1).candidates());
    }

    /** Nothing may be left in the journal of a search that cannot even begin. */
    @Test
    void aStrategyThatCannotBeMadeLeavesNoSearch() {
        SearchSetup setup = Trial.setup(Toys.EVOLUTION);
        SearchSetup broken = new SearchSetup(
                setup.document(),
                setup.space(),
                new SearchSetup.Configured(setup.strategy().provider(), new BrokenParameters()),
                setup.objectives(),
                setup.evaluations(),
                setup.cheap(),
                setup.finish());
        MemoryJournal journal = new MemoryJournal();
        try (HeldPool pool = new HeldPool();
                Searches searches = new Searches(journal, pool, new NoArtifacts(), _ -> {})) {
            assertThatThrownBy(() -> searches.create("id", broken)).isInstanceOf(ClassCastException.class);
            assertThat(journal.unfinished()).isEmpty();
        }
    }

    /** Of another strategy than the one they are given to. */
    private record BrokenParameters() {}
}
