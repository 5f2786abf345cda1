package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the published layers are known for, to the last digits of doubles. */
class ReferenceProgramTest {

    private static final Shape SHAPE = new Shape(6, 3, 5);
    private static final int BATCH = 3;

    private static Stream<LayerProgram> blindToScale() {
        return Stream.of(
                Programs.b0(),
                Programs.b2(),
                Programs.rectified(Operation.MEAN_BWH, Operation.STD_BWH),
                Programs.frn());
    }

    @ParameterizedTest
    @MethodSource("blindToScale")
    void scaleIsNormalisedAway(LayerProgram program) {
        LayerProgram exact = withoutEpsilon(program);
        double[] x = images(BATCH, 1);
        double[] larger = Arrays.stream(x).map(it -> 1000 * it).toArray();
        // B0's v1 * x and B2's -x grow with x as their moments do.
        assertThat(run(exact, BATCH, larger)).containsExactly(run(exact, BATCH, x), within(1e-10));
    }

    @Test
    void scaleIsNotNormalisedAwayByAnActivationInside() {
        LayerProgram exact = withoutEpsilon(Programs.s0(Operation.STD_WHCG));
        double[] x = images(BATCH, 1);
        double[] larger = Arrays.stream(x).map(it -> 1000 * it).toArray();
        double[] small = run(exact, BATCH, x);
        double[] large = run(exact, BATCH, larger);
        assertThat(Math.abs(small[0] - large[0])).isGreaterThan(1e-3);
    }

    @Test
    void samplesOfTheSSeriesDoNotSeeEachOther() {
        SplittableRandom random = new SplittableRandom(3);
        int sample = Math.toIntExact(SHAPE.elements());
        for (int i = 0; i < 200; i++) {
            LayerProgram program = Programs.random(random, false, 10, 2);
            assertThat(program.series()).isEqualTo(LayerProgram.Series.S);
            double[] x = images(BATCH, i);
            double[] other = images(BATCH, 1000 + i);
            System.arraycopy(x, sample, other, sample, sample);
            double[] alone = run(program, 1, Arrays.copyOfRange(x, sample, 2 * sample));
            assertThat(Arrays.copyOfRange(run(program, BATCH, x), sample, 2 * sample))
                    .isEqualTo(alone);
            assertThat(Arrays.copyOfRange(run(program, BATCH, other), sample, 2 * sample))
                    .isEqualTo(alone);
        }
    }

    /** With one sample s_bwh is s_wh, so that B0 with v1 = 1 is x / (s + max(x, 0)). */
    @Test
    void oneSampleIsItsOwnBatch() {
        double[] x = images(1, 5);
        LayerProgram program = Programs.b0();
        ReferenceProgram reference = new ReferenceProgram(program, 1, SHAPE);
        double[] y = reference.forward(x, ReferenceProgram.initialVectors(program, 6), ones(), new double[6]);
        double[] deviation = reference.value(5);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i] / (deviation[i] + Math.max(x[i], 0)), within(1e-12));
        }
    }

    /** v1 = 0 makes S0 half of x over the deviation; v1 without bound makes it a rectifier over the deviation. */
    @Test
    void theVectorOfS0GoesFromLinearToRectified() {
        LayerProgram program = Programs.s0(Operation.STD_WHCG);
        double[] x = images(BATCH, 6);
        ReferenceProgram reference = new ReferenceProgram(program, BATCH, SHAPE);
        double[] linear = reference.forward(x, new double[2][6], ones(), new double[6]);
        double[] deviation = reference.value(7).clone();
        double[] steep = new double[6];
        Arrays.fill(steep, 1e9);
        double[] rectified = reference.forward(x, new double[][] {new double[6], steep}, ones(), new double[6]);
        for (int i = 0; i < x.length; i++) {
            assertThat(linear[i]).isCloseTo(.5 * x[i] / deviation[i], within(1e-12));
            assertThat(rectified[i]).isCloseTo(Math.max(x[i], 0) / deviation[i], within(1e-12));
        }
    }

    private static LayerProgram withoutEpsilon(LayerProgram it) {
        return new LayerProgram(it.vectors(), it.nodes(), it.output(), it.affine(), it.groupSize(), 0);
    }

    private static double[] run(LayerProgram program, int batch, double[] x) {
        return new ReferenceProgram(program, batch, SHAPE)
                .forward(x, ReferenceProgram.initialVectors(program, SHAPE.channels()), ones(), new double[6]);
    }

    private static double[] images(int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[Math.toIntExact(batch * SHAPE.elements())];
        Arrays.setAll(x, i -> random.nextGaussian());
        return x;
    }

    private static double[] ones() {
        return new double[] {1, 1, 1, 1, 1, 1};
    }

    /** Gradients against central differences, along random directions, at two step sizes that agree where there is no kink. */
    @Test
    void gradientsAreThoseOfCentralDifferences() {
        SplittableRandom random = new SplittableRandom(8);
        int judged = 0;
        for (int i = 0; i < 400; i++) {
            LayerProgram program = Programs.random(random, i % 2 == 0, 10, 2);
            double[] x = images(2, i);
            double[] along = images(2, 5000 + i);
            double[] slopes = images(2, 9000 + i);
            double[][] vectors = {draw(random, 0), draw(random, 1), draw(random, 1), draw(random, 0)};
            double[][] ways = {draw(random, 0), draw(random, 0), draw(random, 0), draw(random, 0)};
            ReferenceProgram reference = new ReferenceProgram(program, 2, SHAPE);
            double coarse = difference(reference, x, along, vectors, ways, slopes, 1e-5);
            double fine = difference(reference, x, along, vectors, ways, slopes, 5e-6);
            reference.forward(x, new double[][] {vectors[0], vectors[1]}, vectors[2], vectors[3]);
            ReferenceProgram.Gradients gradients = reference.backward(slopes);
            double exact = dot(gradients.x(), along)
                    + dot(gradients.vectors()[0], ways[0])
                    + dot(gradients.vectors()[1], ways[1])
                    + dot(gradients.scale(), ways[2])
                    + dot(gradients.shift(), ways[3]);
            double size = Math.max(1e-2, Math.abs(exact));
            if (Double.isFinite(exact) && size < 1e6 && Math.abs(coarse - fine) < 1e-6 * size) {
                judged++;
                assertThat(fine).as("%s", program.pruned().nodes()).isCloseTo(exact, within(1e-5 * size));
            }
        }
        assertThat(judged).isGreaterThan(300);
    }

    private static double difference(
            ReferenceProgram reference,
            double[] x,
            double[] along,
            double[][] vectors,
            double[][] ways,
            double[] slopes,
            double step) {
        double[] loss = new double[2];
        for (int side = 0; side < 2; side++) {
            double by = side == 0 ? -step : step;
            double[][] moved = new double[4][];
            for (int i = 0; i < 4; i++) {
                moved[i] = moved(vectors[i], ways[i], by);
            }
            loss[side] = dot(
                    reference.forward(
                            moved(x, along, by), new double[][] {moved[0], moved[1]}, moved[2], moved[3]),
                    slopes);
        }
        return (loss[1] - loss[0]) / (2 * step);
    }

    private static double[] moved(double[] from, double[] way, double by) {
        double[] moved = new double[from.length];
        Arrays.setAll(moved, i -> from[i] + by * way[i]);
        return moved;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] draw(SplittableRandom random, double mean) {
        double[] drawn = new double[6];
        Arrays.setAll(drawn, _ -> mean + .3 * random.nextGaussian());
        return drawn;
    }
}
