package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.program.Simplification;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the canonical form merges is equal to the bit, for any input, infinities and NaN included. */
class ExactIdentitiesTest {

    private static final Shape SHAPE = new Shape(4, 3, 2);
    private static final int SAMPLES = 2;
    private static final int COUNT = SAMPLES * 24;

    /** Few nodes meet identities more often than many do. */
    @Property(tries = 4000)
    void canonicalFormsComputeTheSame(
            @ForAll long seed,
            @ForAll Series series,
            @ForAll boolean moments,
            @ForAll @IntRange(min = 1, max = 14) int nodes,
            @ForAll boolean wild) {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(series, nodes, moments, 2, 1e-5));
        SplittableRandom random = new SplittableRandom(seed);
        Genome genome = space.sample(random);
        Genome canonical = space.canonical(genome);
        LayerProgram written = space.decode(genome);
        LayerProgram merged = space.decode(canonical);
        assertThat(space.canonical(canonical)).isEqualTo(canonical);
        assertThat(Simplification.of(written).liveNodes()).isLessThanOrEqualTo(written.liveNodes());
        double[] x = input(random, wild);
        double[][] vectors = {{0, -1.5, .5, -0.0}, {1, .25, -2, 3}};
        double[] expected = forward(written, x, vectors);
        double[] values = forward(merged, x, vectors);
        for (int i = 0; i < COUNT; i++) {
            boolean same = values[i] == expected[i] || Double.isNaN(values[i]) && Double.isNaN(expected[i]);
            assertThat(same)
                    .as("%s and not %s from %s as %s", values[i], expected[i], written.pruned(), merged.pruned())
                    .isTrue();
        }
    }

    private static double[] forward(LayerProgram program, double[] x, double[][] vectors) {
        return new ReferenceProgram(program, SAMPLES, SHAPE)
                .forward(x, vectors, new double[] {1, 2, -1, .5}, new double[] {0, 1, 0, -1});
    }

    private static double[] input(SplittableRandom random, boolean wild) {
        double[] x = random.doubles(COUNT, -3, 3).toArray();
        if (wild) {
            double[] special = {0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e300, -1e-300};
            for (double each : special) {
                x[random.nextInt(COUNT)] = each;
            }
        }
        return x;
    }

    /** Away from ties gradients agree but for the order of their sums. */
    @Property(tries = 1000)
    void canonicalFormsHaveTheSameGradients(@ForAll long seed, @ForAll @IntRange(min = 2, max = 14) int nodes) {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(Series.B, nodes, true, 2, 1e-5));
        SplittableRandom random = new SplittableRandom(seed);
        Genome genome = space.sample(random);
        double[] x = random.doubles(COUNT, -2, 2).toArray();
        double[] dy = random.doubles(COUNT, -1, 1).toArray();
        double[][] vectors = {{.3, -1.5, .5, -.7}, {1.1, .25, -2, 3}};
        double[] expected = gradient(space.decode(genome), x, vectors, dy);
        double[] gradient = gradient(space.decode(space.canonical(genome)), x, vectors, dy);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < COUNT && Double.isFinite(scale); i++) {
            assertThat(Math.abs(gradient[i] - expected[i]))
                    .as("%s", space.decode(genome).pruned())
                    .isLessThanOrEqualTo(1e-9 * scale);
        }
    }

    private static double[] gradient(LayerProgram program, double[] x, double[][] vectors, double[] dy) {
        ReferenceProgram reference = new ReferenceProgram(program, SAMPLES, SHAPE);
        reference.forward(x, vectors, new double[] {1, 2, -1, .5}, new double[4]);
        return reference.backward(dy).x();
    }
}
