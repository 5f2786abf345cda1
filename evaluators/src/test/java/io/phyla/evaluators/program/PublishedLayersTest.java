package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers by name against figures computed elsewhere in double precision. */
class PublishedLayersTest {

    private static final double EXACT = 1e-6;
    private static final int SAMPLES = 2;
    private static final Shape SHAPE = new Shape(4, 2, 2);
    private static final int COUNT = 32;
    private static final double[] X = IntStream.range(0, COUNT)
            .mapToDouble(i -> Math.sin(1 + 0.7 * i) * (1 + 0.1 * i))
            .toArray();
    private static final double[] COTANGENT =
            IntStream.range(0, COUNT).mapToDouble(Math::cos).toArray();

    /** The figures of one run: loss L is the sum of cos(i) * y_i. */
    private record Run(double[] y, ReferenceProgram.Gradients gradients, ReferenceProgram reference) {

        static Run of(LayerProgram program, double[]... vectors) {
            ReferenceProgram reference = new ReferenceProgram(program, SAMPLES, SHAPE);
            double[] y = reference.forward(X, vectors, ones(), new double[SHAPE.channels()]);
            return new Run(y, reference.backward(COTANGENT), reference);
        }

        static Run of(LayerProgram program) {
            return of(program, ReferenceProgram.initialVectors(program, SHAPE.channels()));
        }

        double sum() {
            return Arrays.stream(y).sum();
        }

        double squares() {
            return Arrays.stream(y).map(each -> each * each).sum();
        }

        double loss() {
            return IntStream.range(0, COUNT)
                    .mapToDouble(i -> COTANGENT[i] * y[i])
                    .sum();
        }

        double norm() {
            return Math.sqrt(
                    Arrays.stream(gradients.x()).map(each -> each * each).sum());
        }
    }

    private static double[] ones() {
        double[] ones = new double[SHAPE.channels()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Two groups of two channels. */
    private static LayerProgram layer(String name) {
        return ReadyLayers.program(name, 2, LayerProgram.EPSILON);
    }

    @ParameterizedTest
    @CsvSource({
        "bn_relu, 0 .07875639 0 0, 12.54642956, 16.70351755, -.71432613, -.203431 .214896 -.195823 -.009659, 1.307870",
        "gn_relu, 1.07001141 1.32697309 1.03815384 .25859209, 14.36551387, 14.95130058, -.69330152, .861735 .351650 -.593071 -1.074058, 1.848776",
        "evonorm_b0, .68440053 .73761580 .67626026 .04799099, -4.84127241, 23.06402212, -.55956516, .214279 -.059841 -.140766 -.563597, 1.817759",
        "evonorm_b1, .57142380 .65241307 .55982858 .04799099, -8.00145674, 19.89983879, -.09168330, .153254 -.146607 -.363645 -.824002, 1.956232",
        "evonorm_b2, .74707489 .96846200 .71962778 .04799099, 11.36328767, 29.01802986, .22153487, .961101 .439228 -.282081 -.446480, 1.734316",
        "evonorm_s0, .60592309 .84141957 .57819334 .02860389, 10.47137971, 12.73866775, -1.23012578, .842148 .456121 -.429552 -.552253, 1.611561",
        "evonorm_s1, .60592309 .84141957 .57819334 .02860389, 10.47137971, 12.73866775, -1.23012578, .842148 .456121 -.429552 -.552253, 1.611561",
        "evonorm_s2, .59382421 .82461838 .56664816 .02803273, 10.35692575, 12.43808570, -1.20891522, .838463 .460707 -.407913 -.529871, 1.579034",
        "frn_tlu, 1.05226034 1.36408566 1.01360089 .06759566, 15.58444672, 17.71139736, -.51201192, .822667 .121031 -.932508 -1.265470, 1.976192",
    })
    void hasThePublishedValuesAndGradients(
            String name, String first, double sum, double squares, double loss, String slopes, double norm) {
        Run run = Run.of(layer(name));
        assertThat(Arrays.copyOf(run.y(), 4)).containsExactly(numbers(first), within(EXACT));
        assertThat(run.sum()).isCloseTo(sum, within(EXACT));
        assertThat(run.squares()).isCloseTo(squares, within(EXACT));
        assertThat(run.loss()).isCloseTo(loss, within(EXACT));
        assertThat(Arrays.copyOf(run.gradients().x(), 4)).containsExactly(numbers(slopes), within(EXACT));
        assertThat(run.norm()).isCloseTo(norm, within(EXACT));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "evonorm_b0, -2.28966991, 24.81110804, -.20945842, 1.881790, -1.2149087 -.1770107 -.8320666 .2199742",
        "evonorm_s0, 6.57324025, 10.57083090, -.69349808, 1.492353, .4569092 -.0882679 -.5227666 .0320395",
    })
    void trainsItsVector(String name, double sum, double squares, double loss, double norm, String slopes) {
        Run run = Run.of(layer(name), new double[] {1, .5, -.25, 2});
        assertThat(run.sum()).isCloseTo(sum, within(EXACT));
        assertThat(run.squares()).isCloseTo(squares, within(EXACT));
        assertThat(run.loss()).isCloseTo(loss, within(EXACT));
        assertThat(run.norm()).isCloseTo(norm, within(EXACT));
        assertThat(run.gradients().vectors()[0]).containsExactly(numbers(slopes), within(EXACT));
    }

    @Test
    void b0RemembersTheBiasedVariance() {
        LayerProgram program = layer("evonorm_b0");
        Run run = Run.of(program);
        double[] variance = run.reference().batchMoments()[0];
        assertThat(variance)
                .containsExactly(
                        new double[] {1.2686639109, 2.0529432151, 3.3087540687, 4.8703117942}, within(1e-9));
        double[] moving =
                Arrays.stream(variance).map(each -> .9 + .1 * each).toArray();
        double[] y = run.reference()
                .infer(
                        X,
                        ReferenceProgram.initialVectors(program, 4),
                        ones(),
                        new double[4],
                        new double[][] {moving});
        assertThat(Arrays.stream(y).sum()).isCloseTo(-12.00699706, within(EXACT));
    }

    /** A negative control: dividing by n - 1 gives another sum. */
    @Test
    void s0DividesByTheNumberOfElements() {
        assertThat(Math.abs(Run.of(layer("evonorm_s0")).sum() - 9.79508079)).isGreaterThan(.5);
    }

    @ParameterizedTest
    @CsvSource({
        "crrelu, -3 -1 .5 1 3, -.00033327 -.00606531 .50441248 1.00606531 3.00033327, 6e-9",
        "rational, 0 1 -3 3, .03355816 1.00081116 -.03959112 2.99040769, 6e-9",
        "swish, 0 1 -3 3, 0 .73105858 -.14227762 2.85772238, 6e-9",
        // What the coefficients begin as is an approximation on [-3, 3].
        "rational_swish, 0 1 -3 3, 0 .73105858 -.14227762 2.85772238, 2e-3",
    })
    void activatesAsPublished(String name, String x, String y, double within) {
        double[] values = numbers(x);
        LayerProgram program = ReadyLayers.program(name);
        ReferenceProgram reference = new ReferenceProgram(program, 1, new Shape(1, 1, values.length));
        assertThat(reference.forward(values, ReferenceProgram.initialVectors(program, 1), new double[0], new double[0]))
                .containsExactly(numbers(y), within(within));
    }

    /** The mean of x, x^2 and x^3, each over its root mean square over the sample. */
    @Test
    void polynormIsTheMeanOfNormalizedPowers() {
        double[] y = Run.of(ReadyLayers.program("polynorm")).y();
        for (int i = 0; i < COUNT; i++) {
            double expected = 0;
            for (int power = 1; power <= 3; power++) {
                int exponent = power;
                int sample = i / 16;
                double square = DoubleStream.of(X)
                        .skip(16L * sample)
                        .limit(16)
                        .map(each -> Math.pow(each, 2 * exponent))
                        .average()
                        .orElseThrow();
                expected += Math.pow(X[i], power) / Math.sqrt(square + 1e-6) / 3;
            }
            assertThat(y[i]).isCloseTo(expected, within(1e-12));
        }
    }

    /** Started as a genome starts them: where a layer has other initial numbers, both get those of the genome. */
    @Test
    void knownGenomesComputeWhatTheReadyLayersDo() {
        for (Series series : Series.values()) {
            EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(series, 10, true, 2, 1e-5));
            for (Map.Entry<String, Genome> known : space.known().entrySet()) {
                LayerProgram ready = layer(known.getKey());
                double[][] vectors = ready.vectors().stream()
                        .map(each -> each.name().equals("epsilon_weight") ? new double[4] : filled(each.initial()))
                        .toArray(double[][]::new);
                Run expected = Run.of(ready, vectors);
                Run run = Run.of(space.decode(known.getValue()));
                assertThat(run.y()).as(known.getKey()).containsExactly(expected.y(), within(1e-12));
                assertThat(run.gradients().x())
                        .as(known.getKey())
                        .containsExactly(expected.gradients().x(), within(1e-12));
                assertThat(space.decode(known.getValue()).series()).isEqualTo(ready.series());
            }
        }
    }

    private static double[] filled(double value) {
        double[] filled = new double[SHAPE.channels()];
        Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void everyLayerIsFiniteAndHasItsSeries() {
        Set<String> batch = ReadyLayers.all().entrySet().stream()
                .filter(each -> each.getValue().series() == Series.B)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(batch).containsExactlyInAnyOrder("bn_relu", "bn_swish", "evonorm_b0", "evonorm_b1", "evonorm_b2");
        ReadyLayers.all().forEach((name, program) -> {
            assertThat(Run.of(program).y()).as(name).doesNotContain(Double.NaN);
            assertThat(Run.of(program).norm()).as(name).isFinite().isPositive();
        });
    }
}
