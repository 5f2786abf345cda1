package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.SearchSetup.Objective;
import io.phyla.search.front.ParetoArchive;
import io.phyla.search.metric.Direction;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalistsTest {

    private static final Objective ACCURACY = new Objective("a", "%", Direction.MAXIMIZE);
    private static final Objective OTHER_ACCURACY = new Objective("b", "%", Direction.MAXIMIZE);
    private static final Objective SIZE = new Objective("c", "parameters", Direction.MINIMIZE);
    private static final Objective BARE = new Objective("d", "", Direction.MAXIMIZE);
    private static final Objective OTHER_BARE = new Objective("e", "", Direction.MAXIMIZE);

    /** Gains; 1 and 4 are the front's, 3 equals 1, and 5 has none. */
    private static final List<double[]> GAINS = List.of(
            new double[] {50, 50},
            new double[] {90, 20},
            new double[] {89, 19},
            new double[] {90, 20},
            new double[] {60, 60},
            new double[] {});

    /** Whatever the order in which they come back. */
    private static List<Long> best(int most, Objective... objectives) {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        List<Long> first = null;
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(order, random);
            Finalists finalists = new Finalists(most, List.of(objectives));
            ParetoArchive front = new ParetoArchive();
            for (int number : order) {
                double[] gains =
                        objectives.length == 1 && number < 5 ? new double[] {GAINS.get(number)[0]} : GAINS.get(number);
                ParetoArchive.Change change =
                        number == 5 ? new ParetoArchive.Change(false, List.of()) : front.add(number, gains);
                finalists.add(
                        new CandidateDone(1, candidate(number), change.joined(), change.left(), Summary.EMPTY), gains);
            }
            List<Long> best = finalists.best().stream().map(Candidate::number).toList();
            assertThat(first == null || best.equals(first)).isTrue();
            first = best;
        }
        return first;
    }

    private static Candidate candidate(int number) {
        return new Candidate(
                number,
                new Key(number, 0),
                Genome.of(number),
                new Origin("random", List.of(), List.of()),
                number == 5 ? CandidateState.FAILED : CandidateState.MEASURED,
                Map.of(),
                null,
                null,
                0,
                Map.of(),
                Candidate.Work.NONE);
    }

    @Test
    void oneObjectiveRanksByItsGainAndOfEqualsTheEarliestIsFirst() {
        assertThat(best(2, ACCURACY)).containsExactly(1L, 3L);
        assertThat(best(9, ACCURACY)).containsExactly(1L, 3L, 2L, 4L, 0L);
        assertThat(best(0, ACCURACY)).isEmpty();
    }

    @Test
    void objectivesOfOneUnitRankByTheirMean() {
        assertThat(best(3, ACCURACY, OTHER_ACCURACY)).containsExactly(4L, 1L, 3L);
        assertThat(best(9, ACCURACY, OTHER_ACCURACY)).containsExactly(4L, 1L, 3L, 2L, 0L);
    }

    @Test
    void whereAMeanSaysNothingTheFrontComesFirst() {
        assertThat(best(1, ACCURACY, SIZE)).containsExactly(1L);
        assertThat(best(2, ACCURACY, SIZE)).containsExactly(1L, 4L);
        assertThat(best(3, ACCURACY, SIZE)).containsExactly(1L, 4L, 3L);
        assertThat(best(3, BARE, OTHER_BARE)).containsExactly(1L, 4L, 3L);
    }
}
