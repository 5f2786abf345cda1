package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.spaces.Genome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that begin with designs that are known. */
@Timeout(60)
class StartTest {

    @ParameterizedTest
    @ValueSource(strings = {"random", "nsga2", "pareto-tournament"})
    void theFirstProposalsAreTheKnownOnesInTheirOrder(String strategy) throws Exception {
        String document = Toys.NSGA2
                .replace("\"nsga2\",\"parameters\":{\"population\":20}", "\"" + strategy + "\"")
                .replace("\"seed\":5", "\"seed\":5,\"start\":[\"all_c\",\"all_a\",\"all_b\"]");
        Map<Long, Candidate> candidates = Trial.run(document, 2).candidates();
        for (int number = 0; number < 3; number++) {
            Candidate each = candidates.get((long) number);
            assertThat(each.origin()).isEqualTo(new Origin("known", List.of(), List.of()));
            assertThat(each.genome()).isEqualTo(all(new int[] {2, 0, 1}[number]));
        }
        assertThat(candidates.get(3L).origin().operator()).doesNotContain("known");
    }

    @Test
    void whatIsOutOfBoundsIsRepairedLikeAnyOther() throws Exception {
        String document = Toys.NSGA2.replace("\"seed\":5", "\"seed\":5,\"start\":[\"all_e\"]");
        Candidate first = Trial.run(document, 2).candidates().get(0L);
        assertThat(first.origin().operator()).isEqualTo("known+repair");
        assertThat(first.value("size")).isEqualTo(3);
        assertThat(first.state()).isNotEqualTo(CandidateState.REJECTED);
    }

    /** Drawing it again would give the same. */
    @Test
    void whatFallsToAScreenIsRejectedOnce() throws Exception {
        String document = Toys.SCREENED.replace("\"seed\":4", "\"seed\":4,\"start\":[\"all_a\",\"all_b\"]");
        Map<Long, Candidate> candidates = Trial.run(document, 2).candidates();
        Candidate first = candidates.get(0L);
        assertThat(first.state()).isEqualTo(CandidateState.REJECTED);
        assertThat(first.cause()).isEqualTo(new Cause(Cause.Kind.SCREENED, "falls to stage even"));
        assertThat(first.screened()).isEmpty();
        assertThat(candidates.get(1L).origin()).isEqualTo(first.origin());
        assertThat(candidates.get(1L).cause()).isNull();
    }

    private static Genome all(int option) {
        int[] options = new int[10];
        Arrays.fill(options, option);
        return Genome.of(options);
    }
}
