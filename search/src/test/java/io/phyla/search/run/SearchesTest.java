package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.run.Trial.Finished;
import io.phyla.spaces.Genome;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs: the same at any number of workers, and what stands in their journals. */
@Timeout(120)
class SearchesTest {

    static Stream<String> documents() {
        return Stream.of(Toys.NSGA2, Toys.EVOLUTION, Toys.NARROW, Toys.CHEAP)
                .flatMap(document -> Stream.of(document, document.replaceFirst("\"seed\":\\d", "\"seed\":77")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isTheSameAtAnyNumberOfWorkers(String document) throws Exception {
        Finished one = Trial.run(document, 1);
        for (int workers : List.of(2, 8)) {
            Finished other = Trial.run(document, workers);
            assertThat(other.candidates()).isEqualTo(one.candidates());
            assertThat(other.summary()).isEqualTo(one.summary());
        }
        assertThat(one.end().reason()).isEqualTo("evaluations");
        assertThat(one.summary().evaluations())
                .isEqualTo(Trial.setup(document).document().budget().evaluations());
    }

    /** What the documents are made for: without these the tests on them would show less than they seem to. */
    @Test
    void theDocumentsReachEveryState() throws Exception {
        assertThat(Trial.run(Toys.NARROW, 2).summary())
                .satisfies(it -> assertThat(it.duplicates()).isPositive())
                .satisfies(it -> assertThat(it.failed()).isPositive());
        assertThat(Trial.run(Toys.EVOLUTION, 2).summary().failed()).isPositive();
    }

    @Test
    void everyConstraintHoldsAndEveryChangeExplainsItsChild() throws Exception {
        SortedMap<Long, Candidate> candidates = Trial.run(Toys.NSGA2, 2).candidates();
        assertThat(candidates.values())
                .extracting(each -> each.origin().operator())
                .anyMatch(it -> it.contains("repair"));
        for (Candidate child : candidates.values()) {
            if (child.state() == CandidateState.MEASURED) {
                assertThat(child.measurements().get("size")).isLessThanOrEqualTo(3);
            }
            if (!child.origin().parents().isEmpty()) {
                Genome explained =
                        candidates.get(child.origin().parents().getFirst()).genome();
                for (Origin.Change change : child.origin().changes()) {
                    assertThat(explained.option(change.decision())).isEqualTo(change.from());
                    explained = explained.with(change.decision(), change.to());
                }
                assertThat(explained).isEqualTo(child.genome());
            }
        }
    }

    /** With seven decisions, cheap metrics are not known of every design. */
    @Test
    void aCheapObjectiveThatIsUndefinedFailsTheCandidateToo() throws Exception {
        Finished finished = Trial.run(Toys.CHEAP.replace("\"toy\"}", "\"toy\",\"parameters\":{\"decisions\":7}}"), 1);
        assertThat(finished.end().reason()).isEqualTo("evaluations");
        assertThat(finished.candidates().values())
                .filteredOn(each -> each.state() != CandidateState.DUPLICATE)
                .allSatisfy(each -> {
                    boolean undefined = each.genome().option(0) < 2;
                    assertThat(each.state() == CandidateState.FAILED).isEqualTo(undefined);
                    assertThat(each.measurements()).hasSize(undefined ? 0 : 1);
                })
                .filteredOn(each -> each.state() == CandidateState.FAILED)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.cause().kind()).isEqualTo(Cause.Kind.NON_FINITE));
    }

    @Test
    void whatIsUndefinedMeetsNoConstraint() throws Exception {
        Finished finished = Trial.run(
                Toys.NARROW.replace("\"decisions\":4", "\"decisions\":7").replace("\"min\":3", "\"min\":0"), 2);
        assertThat(finished.candidates().values())
                .filteredOn(each -> each.state() != CandidateState.REJECTED)
                .allSatisfy(each -> assertThat(each.genome().option(0)).isGreaterThan(1))
                .anySatisfy(each -> assertThat(each.origin().operator()).isEqualTo("random+repair"));
    }

    @Test
    void anUndefinedObjectiveFailsTheCandidateWithItsCause() throws Exception {
        assertThat(Trial.run(Toys.EVOLUTION, 2).candidates().values())
                .filteredOn(each -> each.state() == CandidateState.FAILED)
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.cause().kind()).isEqualTo(Cause.Kind.NON_FINITE);
                    assertThat(each.cause().detail()).contains("toy");
                    assertThat(each.measurements()).containsKey("toy_cost");
                });
    }
}
