package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymmetricEigenvaluesTest {

    @Test
    void knownMatrices() {
        assertThat(SymmetricEigenvalues.of(new double[][] {{7}})).containsExactly(7);
        assertThat(sorted(new double[][] {{2, 1}, {1, 2}})).containsExactly(new double[] {1, 3}, within(1e-14));
        assertThat(sorted(new double[][] {{2, -1, 0}, {-1, 2, -1}, {0, -1, 2}}))
                .containsExactly(new double[] {2 - Math.sqrt(2), 2, 2 + Math.sqrt(2)}, within(1e-14));
    }

    @Test
    void diagonalZeroAndConstantMatrices() {
        assertThat(sorted(new double[][] {{3, 0, 0}, {0, 1, 0}, {0, 0, 2}})).containsExactly(1, 2, 3);
        assertThat(sorted(new double[4][4])).containsExactly(0, 0, 0, 0);
        double[][] ones = new double[30][30];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        double[] values = sorted(ones);
        assertThat(values[29]).isCloseTo(30, within(1e-12));
        assertThat(Arrays.copyOf(values, 29)).containsExactly(new double[29], within(1e-13));
    }

    /** Eigenvalues chosen first, hidden by reflections A := (I - 2 u u') A (I - 2 u u'), |u| = 1, then found again. */
    @Property(tries = 100)
    void findsTheValuesOfReflectedDiagonalMatrices(
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @IntRange(min = 1, max = 20) int distinct,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] expected = new double[n];
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            expected[i] = random.nextInt(-distinct, distinct + 1);
            matrix[i][i] = expected[i];
        }
        for (int reflection = 0; reflection < 3; reflection++) {
            reflect(matrix, random);
        }
        Arrays.sort(expected);
        assertThat(sorted(matrix)).containsExactly(expected, within(1e-12 * n * distinct));
    }

    private static void reflect(double[][] a, SplittableRandom random) {
        double[] u = random.doubles(a.length, -1, 1).toArray();
        double length = Math.sqrt(Arrays.stream(u).map(v -> v * v).sum());
        double[][] p = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                p[i][j] = (i == j ? 1 : 0) - 2 * u[i] * u[j] / (length * length);
            }
        }
        double[][] product = multiply(multiply(p, a), p);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                a[i][j] = (product[i][j] + product[j][i]) / 2;
            }
        }
    }

    private static double[][] multiply(double[][] a, double[][] b) {
        double[][] c = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a.length; k++) {
                for (int j = 0; j < a.length; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[] sorted(double[][] matrix) {
        double[] values = SymmetricEigenvalues.of(matrix);
        Arrays.sort(values);
        return values;
    }
}
