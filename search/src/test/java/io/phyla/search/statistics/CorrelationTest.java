package io.phyla.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    @Test
    void tiesShareTheMeanRankAndUndefinedScoresAreLast() {
        assertThat(Ranks.of(new double[] {3, 1, 3, Double.NaN, 7, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}))
                .containsExactly(5.5, 4, 5.5, 2, 7, 2, 2);
        assertThat(Ranks.of(new double[] {0.0, -0.0})).containsExactly(1.5, 1.5);
    }

    @Test
    void spearmanByHand() {
        double[] x = {1, 2, 3, 4, 5};
        assertThat(Correlation.SPEARMAN.of(x, new double[] {2, 1, 4, 3, 5})).isCloseTo(0.8, within(1e-12));
        assertThat(Correlation.SPEARMAN.of(x, new double[] {5, 4, 3, 2, 1})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void undefinedScoresCountAsTheWorst() {
        double[] x = {Double.NaN, 2, 3, 4};
        assertThat(Correlation.SPEARMAN.of(x, new double[] {1, 2, 3, 4})).isCloseTo(1, within(1e-12));
        assertThat(Correlation.KENDALL.of(x, new double[] {4, 3, 2, 1})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void constantScoresHaveNoCorrelation() {
        assertThat(Correlation.SPEARMAN.of(new double[] {1, 1}, new double[] {1, 2}))
                .isNaN();
        assertThat(Correlation.KENDALL.of(new double[] {1, 1}, new double[] {1, 2}))
                .isNaN();
    }

    @Test
    void listsMustMatch() {
        assertThatThrownBy(() -> Correlation.KENDALL.of(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 and 3");
    }

    @Property
    void kendallEqualsTheCountOverAllPairs(
            @ForAll @Size(min = 2, max = 40) @IntRange(min = 0, max = 9) int[] x, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = Arrays.stream(x).asDoubleStream().toArray();
        double[] b = random.ints(x.length, 0, 6).asDoubleStream().toArray();
        double difference = 0;
        double untiedA = 0;
        double untiedB = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                difference += Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
                untiedA += Math.abs(Math.signum(a[i] - a[j]));
                untiedB += Math.abs(Math.signum(b[i] - b[j]));
            }
        }
        double expected = difference / Math.sqrt(untiedA * untiedB);
        if (Double.isNaN(expected)) {
            assertThat(Correlation.KENDALL.of(a, b)).isNaN();
        } else {
            assertThat(Correlation.KENDALL.of(a, b)).isCloseTo(expected, within(1e-12));
        }
    }

    /** The standard error of a correlation of .8 over 300 pairs is about .6 / sqrt(300) = .03 or a little less. */
    @Test
    void intervalsCoverTheEstimateAndRepeat() {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = random.doubles(300).toArray();
        double[] y = Arrays.stream(x).map(v -> v + random.nextDouble(0.75)).toArray();
        double estimate = Correlation.SPEARMAN.of(x, y);
        Correlation.Interval interval = Correlation.SPEARMAN.interval(x, y, 0.95, 500, 7);
        assertThat(estimate).isBetween(interval.low(), interval.high());
        assertThat(interval.high() - interval.low()).isBetween(0.04, 0.16);
        assertThat(Correlation.SPEARMAN.interval(x, y, 0.95, 500, 7)).isEqualTo(interval);
    }
}
