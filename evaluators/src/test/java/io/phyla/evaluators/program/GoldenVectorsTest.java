package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published layers against numbers worked out apart from this program, at 2,4,2,2 with two channels to a group. */
class GoldenVectorsTest {

    private static final Shape SHAPE = new Shape(4, 2, 2);
    private static final int COUNT = 32;
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final double[] MIXED = {1, .5, -.25, 2};

    private static Stream<Arguments> layers() {
        return Stream.of(
                layer(
                        "BN-ReLU",
                        Programs.rectified(Operation.MEAN_BWH, Operation.STD_BWH),
                        new double[] {0, .07875639, 0, 0},
                        new double[] {12.54642956, 16.70351755, -.71432613, 1.307870},
                        new double[] {-.203431, .214896, -.195823, -.009659}),
                layer(
                        "GN-ReLU",
                        Programs.rectified(Operation.MEAN_WHCG, Operation.STD_WHCG),
                        new double[] {1.07001141, 1.32697309, 1.03815384, .25859209},
                        new double[] {14.36551387, 14.95130058, -.69330152, 1.848776},
                        new double[] {.861735, .351650, -.593071, -1.074058}),
                layer(
                        "B0",
                        Programs.b0(),
                        new double[] {.68440053, .73761580, .67626026, .04799099},
                        new double[] {-4.84127241, 23.06402212, -.55956516, 1.817759},
                        new double[] {.214279, -.059841, -.140766, -.563597}),
                layer(
                        "B1",
                        Programs.b1(),
                        new double[] {.57142380, .65241307, .55982858, .04799099},
                        new double[] {-8.00145674, 19.89983879, -.09168330, 1.956232},
                        new double[] {.153254, -.146607, -.363645, -.824002}),
                layer(
                        "B2",
                        Programs.b2(),
                        new double[] {.74707489, .96846200, .71962778, .04799099},
                        new double[] {11.36328767, 29.01802986, .22153487, 1.734316},
                        new double[] {.961101, .439228, -.282081, -.446480}),
                layer(
                        "S0",
                        Programs.s0(Operation.STD_WHCG),
                        new double[] {.60592309, .84141957, .57819334, .02860389},
                        new double[] {10.47137971, 12.73866775, -1.23012578, 1.611561},
                        new double[] {.842148, .456121, -.429552, -.552253}),
                layer(
                        "S1",
                        Programs.s1(Operation.STD_WHCG),
                        new double[] {.60592309, .84141957, .57819334, .02860389},
                        new double[] {10.47137971, 12.73866775, -1.23012578, 1.611561},
                        new double[] {.842148, .456121, -.429552, -.552253}),
                layer(
                        "S2",
                        Programs.s1(Operation.RMS_WHCG),
                        new double[] {.59382421, .82461838, .56664816, .02803273},
                        new double[] {10.35692575, 12.43808570, -1.20891522, 1.579034},
                        new double[] {.838463, .460707, -.407913, -.529871}),
                layer(
                        "FRN-TLU",
                        Programs.frn(),
                        new double[] {1.05226034, 1.36408566, 1.01360089, .06759566},
                        new double[] {15.58444672, 17.71139736, -.51201192, 1.976192},
                        new double[] {.822667, .121031, -.932508, -1.265470}));
    }

    private static Arguments layer(String name, LayerProgram program, double[] y, double[] sums, double[] dx) {
        return Arguments.of(name, program, y, sums, dx);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void publishedLayersGiveTheirNumbers(
            String name, LayerProgram program, double[] first, double[] sums, double[] slopes) {
        Run run = new Run(program, null);
        assertThat(Arrays.copyOf(run.y, 4)).containsExactly(first, CLOSE);
        assertThat(Arrays.stream(run.y).sum()).isCloseTo(sums[0], CLOSE);
        assertThat(squares(run.y)).isCloseTo(sums[1], CLOSE);
        assertThat(run.loss()).isCloseTo(sums[2], CLOSE);
        assertThat(Math.sqrt(squares(run.gradients.x()))).isCloseTo(sums[3], CLOSE);
        assertThat(Arrays.copyOf(run.gradients.x(), 4)).containsExactly(slopes, CLOSE);
    }

    @Test
    void trainedVectorsOfB0HaveTheirGradients() {
        Run run = new Run(Programs.b0(), MIXED);
        assertThat(Arrays.stream(run.y).sum()).isCloseTo(-2.28966991, CLOSE);
        assertThat(squares(run.y)).isCloseTo(24.81110804, CLOSE);
        assertThat(run.loss()).isCloseTo(-.20945842, CLOSE);
        assertThat(Math.sqrt(squares(run.gradients.x()))).isCloseTo(1.881790, CLOSE);
        assertThat(run.gradients.vectors()[1])
                .containsExactly(new double[] {-1.2149087, -.1770107, -.8320666, .2199742}, CLOSE);
    }

    @Test
    void trainedVectorsOfS0HaveTheirGradients() {
        Run run = new Run(Programs.s0(Operation.STD_WHCG), MIXED);
        assertThat(Arrays.stream(run.y).sum()).isCloseTo(6.57324025, CLOSE);
        assertThat(squares(run.y)).isCloseTo(10.57083090, CLOSE);
        assertThat(run.loss()).isCloseTo(-.69349808, CLOSE);
        assertThat(Math.sqrt(squares(run.gradients.x()))).isCloseTo(1.492353, CLOSE);
        assertThat(run.gradients.vectors()[1])
                .containsExactly(new double[] {.4569092, -.0882679, -.5227666, .0320395}, CLOSE);
    }

    @Test
    void evaluationOfB0TakesTheRunningVariance() {
        Run run = new Run(Programs.b0(), null);
        double[] variance = run.reference.batchMoments()[0];
        assertThat(variance)
                .containsExactly(new double[] {1.2686639109, 2.0529432151, 3.3087540687, 4.8703117942}, CLOSE);
        double[] running = Arrays.stream(variance).map(it -> .9 + .1 * it).toArray();
        assertThat(running)
                .containsExactly(new double[] {1.0268663911, 1.1052943215, 1.2308754069, 1.3870311794}, CLOSE);
        double[] y = run.reference.infer(x(), run.vectors, ones(), new double[4], new double[][] {running});
        assertThat(Arrays.stream(y).sum()).isCloseTo(-12.00699706, CLOSE);
    }

    @Test
    void varianceIsNotUnbiased() {
        Run run = new Run(Programs.s0(Operation.STD_WHCG), null);
        assertThat(Arrays.stream(run.y).sum()).isNotCloseTo(9.79508079, within(.1));
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(it -> it * it).sum();
    }

    static double[] x() {
        double[] x = new double[COUNT];
        Arrays.setAll(x, i -> Math.sin(1 + .7 * i) * (1 + .1 * i));
        return x;
    }

    private static double[] ones() {
        return new double[] {1, 1, 1, 1};
    }

    /** A forward and a backward run with the loss sum(cos(i) * y_i). */
    private static final class Run {
        private final ReferenceProgram reference;
        private final double[][] vectors;
        private final double[] y;
        private final ReferenceProgram.Gradients gradients;

        Run(LayerProgram program, double[] v1) {
            reference = new ReferenceProgram(program, 2, SHAPE);
            vectors = ReferenceProgram.initialVectors(program, 4);
            vectors[1] = v1 == null ? vectors[1] : v1;
            y = reference.forward(x(), vectors, ones(), new double[4]);
            double[] slopes = new double[COUNT];
            Arrays.setAll(slopes, Math::cos);
            gradients = reference.backward(slopes);
        }

        double loss() {
            double loss = 0;
            for (int i = 0; i < COUNT; i++) {
                loss += Math.cos(i) * y[i];
            }
            return loss;
        }
    }
}
