package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Subject;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.run.Trial.Finished;
import io.phyla.spaces.Genome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last phase: who is evaluated again, that it is the same however it comes about, and that nothing is done twice. */
@Timeout(120)
class FinishTest {

    private static final int SUBJECTS = 5;
    private static final int SEEDS = 4;

    private static Finished whole;

    @BeforeAll
    static void run() throws InterruptedException {
        whole = Trial.run(Toys.FINISH, 1);
    }

    private static List<SearchState> states(Finished finished) {
        return finished.journal().entries(finished.id()).stream()
                .filter(Entry.StateChanged.class::isInstance)
                .map(each -> ((Entry.StateChanged) each).state())
                .toList();
    }

    @Test
    void comesAfterTheBudgetAndEndsTheSearch() {
        assertThat(states(whole)).containsExactly(SearchState.RUNNING, SearchState.FINISHING, SearchState.FINISHED);
        assertThat(whole.end().reason()).isEqualTo("evaluations");
        assertThat(whole.summary().evaluations()).isEqualTo(60);
        List<Entry> entries = whole.journal().entries(whole.id());
        List<Entry> last = entries.subList(entries.size() - SUBJECTS * SEEDS - 1, entries.size() - 1);
        for (int i = 0; i < last.size(); i++) {
            Entry.FinalDone done = (Entry.FinalDone) last.get(i);
            assertThat(done.done()).isEqualTo(i + 1);
            assertThat(done.total()).isEqualTo(SUBJECTS * SEEDS);
            assertThat(done.summary())
                    .as("the search's own numbers stay")
                    .isEqualTo(whole.end().summary());
        }
    }

    @Test
    void evaluatesTheBestAndTheYardsticksWithSeedsOfTheirOwn() {
        List<FinalEvaluation> finals = whole.finals();
        Candidate best = whole.candidates().get(whole.summary().best());
        assertThat(finals.stream().map(FinalEvaluation::subject).distinct())
                .hasSize(SUBJECTS)
                .contains(Subject.yardstick("square"), Subject.yardstick("plain"))
                .startsWith(Subject.candidate(best.number()));
        assertThat(finals).hasSize(SUBJECTS * SEEDS);
        assertThat(finals.stream().map(FinalEvaluation::seed).distinct()).hasSize(SUBJECTS * SEEDS);
        for (FinalEvaluation each : finals) {
            Candidate of = each.subject().isYardstick()
                    ? null
                    : whole.candidates().get(each.subject().number());
            assertThat(each.seed()).isNotEqualTo(of == null ? 0 : RandomStreams.evaluationSeed(4, of.key()));
            assertThat(each.measurements()).containsOnlyKeys("toy", "toy_cost");
            assertThat(each.measurements())
                    .isEqualTo(ToyEvaluator.compute(of == null ? Genome.of() : of.genome(), each.seed())
                            .values());
            assertThat(each.cost()).isPositive();
        }
    }

    @Test
    void isTheSameWithAnyNumberOfWorkers() throws Exception {
        for (int workers : new int[] {2, 7}) {
            Finished other = Trial.run(Toys.FINISH, workers);
            assertThat(other.finals()).isEqualTo(whole.finals());
            assertThat(other.candidates()).isEqualTo(whole.candidates());
        }
    }

    /** Wherever the process ends: what is durable is not evaluated again, and the rest comes out the same. */
    @Test
    void goesOnWhereItWasCutOff() throws Exception {
        int length = whole.journal().entries(whole.id()).size();
        for (int left = 0; left <= SUBJECTS * SEEDS + 4; left++) {
            MemoryJournal journal = whole.journal().cut(whole.id(), length - 1 - left, true);
            try (ShufflingPool pool = new ShufflingPool(3, left);
                    Trial trial = new Trial(journal, pool)) {
                trial.searches().recover();
                trial.await(SearchState.FINISHED);
                if (left <= SUBJECTS * SEEDS) {
                    assertThat(pool.evaluated()).isEqualTo(left);
                }
            }
            Finished resumed = new Finished(whole.id(), journal);
            assertThat(resumed.finals()).as("cut %d before the end", left).isEqualTo(whole.finals());
            assertThat(resumed.end().reason()).isEqualTo("evaluations");
            assertThat(resumed.summary()).isEqualTo(whole.summary());
        }
    }

    /** To the beginning of the last phase, with a window's evaluations held. */
    private static String finishing(Trial trial, HeldPool held) throws InterruptedException {
        String id = trial.start(Toys.FINISH.replace("\"evaluations\":60", "\"evaluations\":5"));
        held.await(5);
        held.release(5);
        trial.await(SearchState.FINISHING);
        held.await(5);
        return id;
    }

    @Test
    void canBePausedAlsoAcrossAStartOfTheService() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        String id;
        try (Trial trial = new Trial(journal, held)) {
            id = finishing(trial, held);
            trial.searches().resume(id);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            held.release(5);
            Live paused = Trial.await(
                    trial.searches(),
                    id,
                    each -> each.finish() != null && each.finish().done() == 5 && each.sequence() == 1 + 5 + 2 + 5);
            assertThat(paused.inFlight()).isZero();
            assertThat(paused.state()).isEqualTo(SearchState.PAUSED);
            assertThat(held.held()).as("nothing more is handed out").isZero();
        }
        try (ShufflingPool pool = new ShufflingPool(2, 1);
                Trial trial = new Trial(journal, pool)) {
            trial.searches().recover();
            Trial.await(trial.searches(), id, each -> each.state() == SearchState.PAUSED);
            assertThat(pool.evaluated()).isZero();
            trial.searches().resume(id);
            trial.await(SearchState.FINISHING);
            trial.await(SearchState.FINISHED);
            assertThat(pool.evaluated()).isEqualTo(SUBJECTS * SEEDS - 5);
        }
        assertThat(new Finished(id, journal).finals()).hasSize(SUBJECTS * SEEDS);
    }

    @Test
    void canBeCancelledAndKeepsWhatItHas() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        HeldPool held = new HeldPool();
        try (Trial trial = new Trial(journal, held)) {
            String id = finishing(trial, held);
            held.release(2);
            Trial.await(trial.searches(), id, each -> each.sequence() == 1 + 5 + 1 + 2);
            held.await(5);
            trial.searches().cancel(id);
            assertThat(trial.await(SearchState.CANCELLED).reason()).isEqualTo("cancelled");
            assertThat(held.held()).isZero();
            assertThat(new Finished(id, journal).finals()).hasSize(2);
        }
    }

    /** A last phase that waits for somebody who paused it before it began. */
    @Test
    void doesNotBeginWhileTheSearchIsPaused() throws Exception {
        HeldPool held = new HeldPool();
        try (Trial trial = new Trial(new MemoryJournal(), held)) {
            String id = trial.start(Toys.FINISH.replace("\"evaluations\":60", "\"evaluations\":5"));
            held.await(5);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            held.release(5);
            Live paused = Trial.await(trial.searches(), id, each -> each.sequence() == 1 + 1 + 5);
            assertThat(paused.state()).isEqualTo(SearchState.PAUSED);
            assertThat(paused.finish()).isNull();
            trial.searches().resume(id);
            trial.await(SearchState.FINISHING);
        }
    }

    /** Tells of a fault, or of no number, for every other task of the last phase. */
    private record FaultyPool(ShufflingPool working) implements EvaluatorPool {

        @Override
        public void submit(Task task, Consumer<Outcome> sink) {
            boolean last = task.batch().id().endsWith("/finish");
            if (last && task.number() % 4 == 1) {
                sink.accept(new Outcome.Failed(new Cause(Cause.Kind.WORKER_DIED, "it died"), 3, "w", 1));
            } else if (last && task.number() % 4 == 3) {
                sink.accept(new Outcome.Measured(Map.of("toy", 1.0, "toy_cost", Double.NaN), 2, 1, "w", 1));
            } else {
                working.submit(task, sink);
            }
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

    @Test
    void faultsAreWrittenDownAndEndNothing() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        try (FaultyPool pool = new FaultyPool(new ShufflingPool(2, 1));
                Trial trial = new Trial(journal, pool)) {
            String id = trial.start(Toys.FINISH);
            trial.await(SearchState.FINISHED);
            List<FinalEvaluation> finals = new Finished(id, journal).finals();
            List<FinalEvaluation> died = new ArrayList<>(every(finals, 1));
            assertThat(died).hasSize(5).allSatisfy(each -> {
                assertThat(each.cause()).isEqualTo(new Cause(Cause.Kind.WORKER_DIED, "it died"));
                assertThat(each.measurements()).isEmpty();
            });
            assertThat(every(finals, 3)).hasSize(5).allSatisfy(each -> {
                assertThat(each.cause())
                        .isEqualTo(new Cause(Cause.Kind.NON_FINITE, "metric toy_cost is undefined for this design"));
                assertThat(each.measurements()).containsOnlyKeys("toy");
                assertThat(each.cost()).isEqualTo(2);
            });
            assertThat(Stream.concat(every(finals, 0).stream(), every(finals, 2).stream()))
                    .isEqualTo(Stream.concat(every(whole.finals(), 0).stream(), every(whole.finals(), 2).stream())
                            .toList());
        }
    }

    private static List<FinalEvaluation> every(List<FinalEvaluation> finals, int rest) {
        return IntStream.range(0, finals.size())
                .filter(i -> i % 4 == rest)
                .mapToObj(finals::get)
                .toList();
    }
}
