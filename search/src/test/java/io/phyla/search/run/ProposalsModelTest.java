package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.front.ParetoArchive;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Snapshot;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.search.run.Proposals.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proposing, evaluating, committing and crashing in random order, in one thread: whatever the order, the same candidates
 * with the same results stand in the journal at the end, and the search ends for the same reason.
 */
class ProposalsModelTest {

    private static final int ORDERS = 25;
    private static final int SNAPSHOT_EVERY = 9;

    private final List<Entry> journal = new ArrayList<>();
    private final ArrayDeque<Entry> undurable = new ArrayDeque<>();
    private final List<Step.Evaluate> inFlight = new ArrayList<>();
    private @Nullable Snapshot snapshot;
    private SearchSetup setup;
    private Results results;
    private Proposals proposals;
    private Books books;
    private @Nullable String ended;
    private int restored;

    static List<String> documents() {
        return List.of(
                Toys.NSGA2.replace("\"evaluations\":300", "\"evaluations\":90"),
                Toys.EVOLUTION.replace("\"evaluations\":400", "\"evaluations\":90"),
                Toys.EVOLUTION
                        .replace("\"name\":\"toy\"}", "\"name\":\"toy\",\"parameters\":{\"decisions\":2}}")
                        .replace("\"population\":20", "\"population\":6"),
                Toys.EVOLUTION.replace("\"evaluations\":400", "\"cost\":150,\"charge_duplicates\":true"),
                Toys.NARROW,
                Toys.NARROW.replace("\"evaluations\":100", "\"evaluations\":100,\"patience\":3"),
                Toys.CHEAP,
                Toys.SCREENED,
                Toys.WHOLE);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theOrderOfEventsAndCrashesNeverShow(String document) {
        setup = Trial.setup(document);
        results = new Results(setup);
        run(() -> 0);
        var candidates = Trial.candidates(journal);
        Summary summary = Trial.withoutSeconds(journal.getLast().summary());
        String reason = ended;
        check(summary);
        assertThat(candidates.keySet().stream().mapToLong(each -> each).sum())
                .as("no number is left out")
                .isEqualTo(candidates.size() * (candidates.size() - 1L) / 2);
        int before = restored;
        for (int seed = 0; seed < ORDERS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int crashes = seed % 3 == 0 ? 0 : 97;
            run(() -> crashes > 0 && random.nextInt(100) >= crashes ? 3 : random.nextInt(3));
            assertThat(Trial.candidates(journal)).as("order %d", seed).isEqualTo(candidates);
            assertThat(Trial.withoutSeconds(journal.getLast().summary()))
                    .usingRecursiveComparison()
                    .isEqualTo(summary);
            assertThat(ended).isEqualTo(reason);
        }
        assertThat(restored).as("snapshots that were started from").isGreaterThan(before);
    }

    /** 0 proposes if possible, 1 evaluates, 2 commits, 3 crashes; what is impossible becomes what is not. */
    private void run(Supplier<Integer> command) {
        journal.clear();
        snapshot = null;
        forget();
        proposals = new Proposals(setup, SNAPSHOT_EVERY);
        books = new Books(setup);
        SplittableRandom random = new SplittableRandom(journal.hashCode());
        while (ended == null || !inFlight.isEmpty() || !undurable.isEmpty()) {
            switch (command.get()) {
                case 0 -> propose();
                case 1 -> evaluate(random);
                case 2 -> commit(random);
                default -> crash(random);
            }
        }
    }

    private void forget() {
        undurable.clear();
        inFlight.clear();
        ended = null;
    }

    private void propose() {
        if (ended != null) {
            settleOne();
            return;
        }
        switch (proposals.next()) {
            case Step.Wait _ -> {
                proposals.takeSnapshot().ifPresent(state -> snapshot = new Snapshot(journal.size(), state));
                settleOne();
            }
            case Step.Rest _ -> {}
            case Step.End end -> ended = end.reason();
            case Step.Settle settle -> undurable.add(books.enter(settle.candidate(), 0));
            case Step.Evaluate evaluate -> inFlight.add(evaluate);
        }
    }

    /** The oldest first, so that a run without chance comes to its end. */
    private void settleOne() {
        if (!undurable.isEmpty()) {
            commit();
        } else if (!inFlight.isEmpty()) {
            evaluate(0);
        }
    }

    private void evaluate(SplittableRandom random) {
        if (!inFlight.isEmpty()) {
            evaluate(random.nextInt(inFlight.size()));
        }
    }

    private void evaluate(int which) {
        Step.Evaluate asked = inFlight.remove(which);
        long seed = RandomStreams.evaluationSeed(setup.document().seed(), asked.key());
        Evaluation.Evaluated result = ToyEvaluator.compute(asked.proposal().genome(), seed);
        Outcome outcome = seed % 10 == 0
                ? new Outcome.Failed(new Cause(Cause.Kind.WORKER_DIED, "on purpose"), 3, "w", 1)
                : new Outcome.Measured(result.values(), result.cost(), 1, "w", 1);
        undurable.add(books.enter(results.candidate(asked, outcome, 0), 0));
    }

    private void commit(SplittableRandom random) {
        for (int i = random.nextInt(4); i > 0 && !undurable.isEmpty(); i--) {
            commit();
        }
    }

    private void commit() {
        Entry entry = undurable.remove();
        journal.add(entry);
        Candidate candidate = ((CandidateDone) entry).candidate();
        proposals.settle(candidate, books.gains(candidate));
    }

    /** Some of what was on its way may still have become durable, though nobody was told. */
    private void crash(SplittableRandom random) {
        for (int i = random.nextInt(3); i > 0 && !undurable.isEmpty(); i--) {
            journal.add(undurable.remove());
        }
        forget();
        proposals = new Proposals(setup, SNAPSHOT_EVERY);
        books = new Books(setup);
        if (snapshot != null) {
            proposals.restore(snapshot);
            restored++;
        }
        for (Entry entry : journal) {
            books.replay(entry);
            Candidate candidate = ((CandidateDone) entry).candidate();
            proposals.replay(candidate, books.gains(candidate));
        }
        proposals.replayed();
    }

    /** The summary is what counting says. */
    private void check(Summary summary) {
        ParetoArchive front = new ParetoArchive();
        double cost = 0;
        long measured = 0;
        for (Candidate candidate : Trial.candidates(journal).values()) {
            cost += candidate.cost();
            if (candidate.state() == CandidateState.MEASURED) {
                measured++;
                front.add(candidate.number(), books.gains(candidate));
            }
        }
        assertThat(summary.measured()).isEqualTo(measured);
        assertThat(summary.tolls())
                .isEqualTo(Trial.candidates(journal).values().stream()
                        .reduce(new Books(setup).summary().tolls(), Tolls::with, (_, last) -> last));
        assertThat(summary.proposed()).isEqualTo(journal.size());
        assertThat(summary.frontSize()).isEqualTo(front.size());
        assertThat(summary.cost()).isEqualTo(cost);
    }
}
