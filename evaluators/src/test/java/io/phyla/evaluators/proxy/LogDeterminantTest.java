package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogDeterminantTest {

    @Test
    void knownDeterminants() {
        assertThat(LogDeterminant.ofPositiveSemidefinite(new double[][] {{5}})).isEqualTo(Math.log(5));
        assertThat(LogDeterminant.ofPositiveSemidefinite(new double[][] {{4, 2}, {2, 3}}))
                .isCloseTo(Math.log(8), within(1e-14));
    }

    @Test
    void zeroMatrixIsSingular() {
        assertThat(LogDeterminant.ofPositiveSemidefinite(new double[2][2])).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** Whole numbers as the agreement of codes over 100,003 units; then the last sample becomes the twin of another. */
    @Property(tries = 100)
    void repeatedSamplesAreSingular(@ForAll @IntRange(min = 2, max = 64) int batch, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = 100_003;
        double[][] kernel = new double[batch][batch];
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] = i == j ? units : units / 2 + random.nextInt(units / 100);
                kernel[j][i] = kernel[i][j];
            }
        }
        double[][] regular = copy(kernel);
        assertThat(LogDeterminant.ofPositiveSemidefinite(regular)).isFinite().isPositive();
        int twin = random.nextInt(batch - 1);
        kernel[batch - 1] = kernel[twin].clone();
        for (int i = 0; i < batch; i++) {
            kernel[i][batch - 1] = kernel[batch - 1][i];
        }
        kernel[batch - 1][batch - 1] = units;
        kernel[batch - 1][twin] = units;
        kernel[twin][batch - 1] = units;
        assertThat(LogDeterminant.ofPositiveSemidefinite(kernel)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }
}
