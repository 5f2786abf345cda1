package io.phyla.evaluators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.ensemble.EnsembleParameters.Weight;
import io.phyla.search.metric.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceSampleTest {

    private static final ReferenceSample SAMPLE = new ReferenceSample(
            Map.of("a", Direction.MAXIMIZE, "b", Direction.MINIMIZE, "c", Direction.MAXIMIZE),
            List.of(
                    Map.of("a", 1.0, "b", 4.0, "c", 0.0),
                    Map.of("a", 2.0, "b", 3.0, "c", Double.NaN),
                    Map.of("a", 3.0, "b", Double.POSITIVE_INFINITY, "c", 5.0),
                    Map.of()));

    /** Against the four: 2.5 > 1, 2, nothing; 3.5 < 4, infinite, nothing; 1 > 0, undefined, nothing. */
    @Test
    void theMajorityDecides() {
        Map<String, Double> candidate = Map.of("a", 2.5, "b", 3.5, "c", 1.0);
        assertThat(SAMPLE.vote(candidate, List.of("a"))).isEqualTo(0.75);
        assertThat(SAMPLE.vote(candidate, List.of("b"))).isEqualTo(0.75);
        assertThat(SAMPLE.vote(candidate, List.of("a", "b", "c"))).isEqualTo(0.75);
        assertThat(SAMPLE.vote(candidate, List.of("a", "b"))).isEqualTo((1 + 0.5 + 0.5 + 1) / 4);
    }

    @Test
    void undefinedScoresAreLastAndEqual() {
        Map<String, Double> candidate = Map.of("a", Double.NaN, "b", Double.NEGATIVE_INFINITY);
        assertThat(SAMPLE.vote(candidate, List.of("a"))).isEqualTo(0.5 / 4);
        assertThat(SAMPLE.vote(candidate, List.of("b"))).isEqualTo(2 * 0.5 / 4);
        assertThat(SAMPLE.vote(candidate, List.of("c"))).isEqualTo(2 * 0.5 / 4);
    }

    @Test
    void percentilesAreWeighted() {
        Map<String, Double> candidate = Map.of("a", 2.0, "b", 1.0, "c", 9.0);
        double a = (2 + 0.5) / 4;
        assertThat(SAMPLE.combination(candidate, List.of(new Weight("a", 5)))).isEqualTo(a);
        assertThat(SAMPLE.combination(candidate, List.of(new Weight("a", 2), new Weight("b", 1))))
                .isCloseTo((2 * a + 1) / 3, within(1e-15));
        assertThat(SAMPLE.combination(candidate, List.of(new Weight("a", -1), new Weight("c", 3))))
                .isCloseTo((-a + 3) / 4, within(1e-15));
    }
}
