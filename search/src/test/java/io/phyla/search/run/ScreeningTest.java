package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.run.Proposals.Step;
import io.phyla.search.run.Trial.Finished;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proposals that a screen throws away before they become candidates. */
@Timeout(120)
class ScreeningTest {

    private static final String NONE = Toys.SCREENED.replace("\"modulus\":3", "\"modulus\":0");

    @Test
    void whatFallsIsCountedAndDrawnAgain() throws Exception {
        Finished run = Trial.run(Toys.SCREENED, 3);
        assertThat(run.candidates().values())
                .allSatisfy(each ->
                        assertThat(SieveEvaluator.sum(each.genome()) % 3).isEqualTo(1));
        Summary summary = run.summary();
        Map<String, Long> screened = new HashMap<>();
        run.candidates()
                .values()
                .forEach(each -> each.screened().forEach((stage, n) -> screened.merge(stage, (long) n, Long::sum)));
        assertThat(summary.tolls().screened()).isEqualTo(screened);
        assertThat(List.copyOf(summary.tolls().screened().keySet())).containsExactly("odd", "even");
        assertThat(screened.values()).allMatch(each -> each > 20);
    }

    @Test
    void tollsAddUpToWhatWasDrawn() throws Exception {
        Summary summary = Trial.run(Toys.SCREENED, 3).summary();
        long screened = summary.tolls().screened().values().stream().mapToLong(each -> each).sum();
        long causes = summary.tolls().causes().values().stream().mapToLong(each -> each).sum();
        assertThat(causes).isEqualTo(summary.failed() + summary.rejected()).isPositive();
        assertThat(screened + causes + summary.duplicates() + summary.measured()).isEqualTo(summary.drawn());
    }

    /** What a screen takes for equal is evaluated once, however it is written. */
    @Test
    void whatIsEqualToTheScreenIsADuplicate() throws Exception {
        Finished run = Trial.run(Toys.SCREENED, 3);
        Set<String> seen = new HashSet<>();
        int other = 0;
        for (Candidate candidate : run.candidates().values()) {
            int[] options = candidate.genome().toArray();
            Arrays.sort(options);
            boolean first = seen.add(Arrays.toString(options));
            assertThat(candidate.state() == CandidateState.DUPLICATE).isEqualTo(!first);
            if (!first) {
                Candidate original = run.candidates().get(candidate.duplicateOf());
                assertThat(original.key()).isEqualTo(candidate.key());
                other += original.genome().equals(candidate.genome()) ? 0 : 1;
            }
        }
        assertThat(other).as("equal but written otherwise").isPositive();
    }

    @Test
    void whereNothingPassesANumberIsGivenUpWithItsTolls() throws Exception {
        Finished run = Trial.run(NONE.replace("\"evaluations\":90", "\"evaluations\":90,\"patience\":2"), 1);
        assertThat(run.end().reason()).isEqualTo("exhausted");
        assertThat(run.candidates()).hasSize(2).allSatisfy((_, each) -> {
            assertThat(each.state()).isEqualTo(CandidateState.REJECTED);
            assertThat(each.cause().kind()).isEqualTo(Cause.Kind.SCREENED);
            assertThat(each.cause().detail()).startsWith("falls to stage ").contains("odd ", "even ");
            assertThat(each.screened().values().stream().mapToInt(n -> n).sum()).isEqualTo(Draws.MOST - 1);
        });
        assertThat(run.summary().drawn()).isEqualTo(2L * Draws.MOST);
        assertThat(run.summary().tolls().causes()).isEqualTo(Map.of(Cause.Kind.SCREENED, 2L));
    }

    /** All of a small space is seen when nothing new passes any more, long before every genome was. */
    @Test
    void aSmallSpaceIsExhaustedByWhatPasses() throws Exception {
        Finished run = Trial.run(
                Toys.SCREENED
                        .replace("\"evaluations\":90", "\"evaluations\":90,\"patience\":200")
                        .replace("\"name\":\"toy\"}", "\"name\":\"toy\",\"parameters\":{\"decisions\":3}}"),
                2);
        assertThat(run.end().reason()).isEqualTo("exhausted");
        assertThat(run.summary().evaluations())
                .as("sums of three options that leave 1 when divided by three, in any order")
                .isEqualTo(11);
    }

    /** Drawing does not keep the search from hearing what else there is. */
    @Test
    void restsBetweenDraws() {
        SearchSetup setup = Trial.setup(NONE);
        Proposals proposals = new Proposals(setup);
        int rests = 0;
        while (proposals.next() instanceof Step.Rest) {
            rests++;
        }
        assertThat(rests).isEqualTo(Draws.MOST / Draws.AT_ONCE);
    }

    @Test
    void isCancelledWhileNothingPasses() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        String endless = NONE.replace("\"evaluations\":90", "\"seconds\":3600,\"patience\":1000000");
        try (HeldPool pool = new HeldPool();
                Trial trial = new Trial(journal, pool)) {
            String id = trial.start(endless);
            trial.searches().pause(id);
            trial.await(SearchState.PAUSED);
            trial.searches().resume(id);
            trial.await(SearchState.RUNNING);
            trial.searches().cancel(id);
            trial.await(SearchState.CANCELLED);
        }
        assertThat(journal.unfinished()).isEmpty();
    }
}
