package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.run.Trial.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking up what an earlier process left, wherever it was cut off. */
@Timeout(120)
class RecoveryTest {

    @ParameterizedTest
    @ValueSource(strings = {Toys.NSGA2, Toys.EVOLUTION, Toys.NARROW, Toys.CHEAP, Toys.SCREENED, Toys.WHOLE})
    void endsTheSameFromWhereverItIsTakenUp(String document) throws Exception {
        Finished whole = Trial.run(document, 4);
        int length = whole.journal().entries(whole.id()).size();
        List<Integer> cuts = new ArrayList<>(List.of(0, 1, 2, length - 2, length - 1));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10; i++) {
            cuts.add(1 + random.nextInt(length - 1));
        }
        for (int cut : cuts) {
            Finished resumed =
                    Trial.recover(whole.id(), whole.journal().cut(whole.id(), cut, true), SearchState.FINISHED);
            assertThat(resumed.candidates()).as("cut after %d", cut).isEqualTo(whole.candidates());
            assertThat(resumed.finals()).isEqualTo(whole.finals());
            assertThat(resumed.summary()).isEqualTo(whole.summary());
            assertThat(resumed.end().reason()).isEqualTo("evaluations");
        }
    }

    @Test
    void aSnapshotWithItsTailEqualsTheFullReplay() throws Exception {
        String document = Toys.EVOLUTION
                .replace("\"evaluations\":400", "\"evaluations\":10500")
                .replace("\"window\":7", "\"window\":30");
        Finished whole = Trial.run(document, 8);
        assertThat(whole.candidates().lastKey()).isGreaterThan(Proposals.SNAPSHOT_EVERY);
        assertThat(whole.journal().snapshot(whole.id())).isPresent();
        int length = whole.journal().entries(whole.id()).size();
        for (boolean withSnapshot : new boolean[] {true, false}) {
            Finished resumed = Trial.recover(
                    whole.id(), whole.journal().cut(whole.id(), length - 40, withSnapshot), SearchState.FINISHED);
            assertThat(resumed.candidates()).isEqualTo(whole.candidates());
        }
    }

    /** Results that came while it was paused stand before those of proposals that were lost. */
    @Test
    void aPausedSearchStaysPausedAndGoesOnLikeAnyOther() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        String id;
        try (Trial trial = new Trial(journal, held)) {
            id = trial.start(Toys.EVOLUTION);
            held.await(8);
            held.release(8);
            held.await(8);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            held.release(3);
            while (trial.searches().live(id).orElseThrow().sequence() < 1 + 8 + 1 + 3) {
                Thread.sleep(5);
            }
        }
        int length = journal.entries(id).size();
        assertThat(journal.entries(id).get(length - 4)).isInstanceOf(StateChanged.class);
        try (ShufflingPool pool = new ShufflingPool(3, 4);
                Trial trial = new Trial(journal, pool)) {
            trial.searches().recover();
            assertThat(Trial.await(trial.searches(), id, each -> each.state() == SearchState.PAUSED)
                            .inFlight())
                    .isZero();
            assertThat(pool.evaluated()).isZero();
            trial.searches().resume(id);
            trial.await(SearchState.FINISHED);
        }
        Finished whole = Trial.run(Toys.EVOLUTION, 1);
        assertThat(new Finished(id, journal).candidates()).isEqualTo(whole.candidates());
        assertThat(new Finished(id, journal).summary()).isEqualTo(whole.summary());
    }

    /** The cost is used up and results are still out when the process ends. */
    @Test
    void whatIsStillOutAtTheEndOfTheBudgetIsWaitedForAgain() throws Exception {
        String document = Toys.EVOLUTION.replace("\"evaluations\":400", "\"cost\":90");
        Finished whole = Trial.run(document, 4);
        assertThat(whole.end().reason()).isEqualTo("cost");
        int length = whole.journal().entries(whole.id()).size();
        for (int cut = length - 9; cut < length; cut++) {
            Finished resumed =
                    Trial.recover(whole.id(), whole.journal().cut(whole.id(), cut, true), SearchState.FINISHED);
            assertThat(resumed.candidates()).as("cut after %d", cut).isEqualTo(whole.candidates());
            assertThat(resumed.end().reason()).isEqualTo("cost");
        }
    }

    /** Time has run out, but results of late proposals are there and those of earlier ones are not. */
    @Test
    void timeThatRanOutLeavesNoGapBehind() throws Exception {
        Finished whole = Trial.run(Toys.EVOLUTION, 8);
        String document = Toys.EVOLUTION.replace("\"evaluations\":400", "\"seconds\":1");
        for (int cut : new int[] {6, 40, 111}) {
            MemoryJournal journal = whole.journal().late(whole.id(), cut, Trial.setup(document));
            Finished resumed = Trial.recover(whole.id(), journal, SearchState.FINISHED);
            assertThat(resumed.end().reason()).isEqualTo("seconds");
            long last = resumed.candidates().lastKey();
            assertThat(resumed.candidates())
                    .as("a prefix of the same trajectory")
                    .isEqualTo(whole.candidates().headMap(last + 1));
        }
    }

    @Test
    void whatCannotBeTakenUpFailsAndTheOthersGoOn() throws Exception {
        Finished whole = Trial.run(Toys.CHEAP, 1);
        MemoryJournal journal = whole.journal().cut(whole.id(), 20, false);
        journal.create(new Journal.Header("broken", "broken", "{\"name\":1}", 0));
        assertThat(Trial.recover(whole.id(), journal, SearchState.FINISHED).candidates())
                .isEqualTo(whole.candidates());
        assertThat(journal.entries("broken")).singleElement().satisfies(entry -> {
            assertThat(((StateChanged) entry).state()).isEqualTo(SearchState.FAILED);
            assertThat(((StateChanged) entry).reason()).contains("not accepted");
        });
    }
}
