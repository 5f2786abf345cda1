package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.run.Trial.Finished;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pausing, going on, and everything that ends a search. */
@Timeout(120)
class EndingTest {

    private static final String RANDOM = Toys.EVOLUTION.replace(
            "regularized-evolution\",\"parameters\":{\"population\":20,\"tournament\":5}", "random\"");
    private static final String TINY =
            RANDOM.replace("{\"name\":\"toy\"}", "{\"name\":\"toy\",\"parameters\":{\"decisions\":2}}");
    private static final String ENDLESS =
            Toys.EVOLUTION.replace("\"evaluations\":400", "\"seconds\":3600,\"patience\":1000000");

    /** A proposal and the seven before it that it does not see. */
    private static final int OUT = 8;

    @Test
    void endsByCost() throws Exception {
        Finished cost = Trial.run(RANDOM.replace("\"evaluations\":400", "\"cost\":100"), 2);
        assertThat(cost.end().reason()).isEqualTo("cost");
        assertThat(cost.summary().cost()).isBetween(100.0, 100.0 + 3 * 8);
    }

    @Test
    void endsWhenAllDesignsWereSeen() throws Exception {
        Finished all = Trial.run(TINY.replace("\"evaluations\":400", "\"evaluations\":100000"), 2);
        assertThat(all.end().reason()).isEqualTo("exhausted");
        assertThat(all.summary().evaluations()).isEqualTo(25);
    }

    @Test
    void endsWhenNothingNewComesForTooLong() throws Exception {
        Finished tired = Trial.run(TINY.replace("\"evaluations\":400", "\"evaluations\":100000,\"patience\":2"), 2);
        assertThat(tired.end().reason()).isEqualTo("exhausted");
        assertThat(tired.summary().evaluations()).isLessThan(25);
    }

    @Test
    void endsByTimeWithAPrefixOfTheSameTrajectory() throws Exception {
        String timed = RANDOM.replace("\"evaluations\":400", "\"seconds\":1,\"evaluations\":100000000")
                .replace("{\"name\":\"toy\"}", "{\"name\":\"toy\",\"parameters\":{\"decisions\":20}}");
        Finished first = Trial.run(timed, 3);
        assertThat(first.end().reason()).isEqualTo("seconds");
        assertThat(first.end().summary().seconds()).isGreaterThanOrEqualTo(1);
        long count = first.candidates().size();
        assertThat(first.candidates().lastKey()).isEqualTo(count - 1);
        Finished counted =
                Trial.run(timed.replace("\"seconds\":1,\"evaluations\":100000000", "\"evaluations\":" + count), 1);
        assertThat(first.candidates()).isEqualTo(counted.candidates().headMap(count));
    }

    @Test
    void pausesWhileEvaluationsAreOutWhichStillCount() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        try (Trial trial = new Trial(journal, held)) {
            String id = trial.start(ENDLESS);
            held.await(OUT);
            trial.searches().pause(id);
            double seconds = trial.await(SearchState.PAUSED).summary().seconds();
            held.release(OUT);
            while (trial.searches().live(id).orElseThrow().sequence() < 2 + OUT) {
                Thread.sleep(5);
            }
            Live paused = trial.searches().live(id).orElseThrow();
            assertThat(paused.summary().evaluations()).isEqualTo(OUT);
            assertThat(paused.summary().seconds()).isEqualTo(seconds);
            assertThat(paused.inFlight()).isZero();
            assertThat(held.held()).isZero();
            trial.searches().resume(id);
            held.await(OUT);
            trial.await(SearchState.RUNNING);
            trial.searches().pause(id);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            trial.searches().cancel(id);
            trial.await(SearchState.CANCELLED);
        }
    }

    /** Whoever waits until nothing is under way finds all of it in the journal. */
    @Test
    void whatIsNotDurableYetIsStillUnderWay() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        try (Trial trial = new Trial(journal, held)) {
            String id = trial.start(ENDLESS);
            held.await(OUT);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            journal.hold();
            held.release(OUT);
            Live waiting =
                    Trial.await(trial.searches(), id, each -> each.summary().evaluations() == OUT);
            assertThat(waiting.sequence()).isEqualTo(2);
            assertThat(waiting.inFlight()).isEqualTo(OUT);
            journal.letGo();
            assertThat(Trial.await(trial.searches(), id, each -> each.inFlight() == 0)
                            .sequence())
                    .isEqualTo(2 + OUT);
        }
    }

    @Test
    void cancellingDropsWhatIsOut() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        try (Trial trial = new Trial(journal, held)) {
            String id = trial.start(ENDLESS);
            held.await(OUT);
            while (trial.searches().inFlight() < OUT) {
                Thread.sleep(5);
            }
            trial.searches().cancel(id);
            StateChanged end = trial.await(SearchState.CANCELLED);
            assertThat(end.reason()).isEqualTo("cancelled");
            assertThat(held.held()).isZero();
            assertThat(held.withdrawn()).isEqualTo(OUT);
            assertThat(journal.entries(id)).hasSize(2);
            assertThat(trial.searches().active()).isZero();
            for (Runnable wish : new Runnable[] {
                () -> trial.searches().pause(id),
                () -> trial.searches().resume(id),
                () -> trial.searches().cancel(id)
            }) {
                assertThatThrownBy(wish::run).isInstanceOf(StateConflict.class).hasMessageContaining("has ended");
            }
        }
    }

    /** Whoever is told of the end may delete at once. */
    @Test
    void canBeDeletedAsSoonAsItsEndIsTold() throws Exception {
        for (int i = 0; i < 50; i++) {
            MemoryJournal journal = new MemoryJournal();
            try (ShufflingPool pool = new ShufflingPool(2, i);
                    Trial trial = new Trial(journal, pool)) {
                String id = trial.start(ENDLESS);
                assertThatThrownBy(() -> trial.searches().delete(id))
                        .isInstanceOf(StateConflict.class)
                        .hasMessageContaining("cancel it first");
                trial.searches().cancel(id);
                trial.await(SearchState.CANCELLED);
                trial.searches().delete(id);
                assertThat(journal.unfinished()).isEmpty();
                assertThat(journal.holds(id)).isFalse();
                assertThat(trial.searches().live(id)).isEmpty();
            }
        }
    }

    /** Proposals that need no evaluation come without end; a wish must not wait for it. */
    @Test
    void isCancelledInTheMiddleOfALargeWindow() throws Exception {
        String wide = Toys.CHEAP
                .replace("\"evaluations\":200", "\"seconds\":3600")
                .replace("\"window\":4", "\"window\":100000")
                .replace("{\"name\":\"toy\"}", "{\"name\":\"toy\",\"parameters\":{\"decisions\":30}}");
        CountDownLatch first = new CountDownLatch(1);
        MemoryJournal journal = new MemoryJournal();
        try (HeldPool pool = new HeldPool();
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> {
                    if (each.entry() instanceof Entry.CandidateDone) {
                        first.countDown();
                    }
                })) {
            String id = searches.newId();
            searches.create(id, Trial.setup(wide));
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            searches.cancel(id);
            while (searches.live(id).isPresent()) {
                Thread.sleep(1);
            }
            assertThat(journal.entries(id).size()).isLessThan(100_000);
        }
    }
}
