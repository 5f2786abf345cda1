package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlanTest {

    private static final long ENOUGH = 1L << 30;
    private static final String CELL =
            "|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|none~2|";

    /** With all weights moved along a random direction, the loss changes as the gradients say. */
    @Test
    void gradientsAreTheSlopeOfTheOutput() {
        Network network = cells(8, 16);
        try (Plan plan = prepared(network, 8)) {
            double[] slope = signed(3, 80);
            plan.forward(Mode.TRAINING);
            plan.backward(slope, true);
            SplittableRandom random = new SplittableRandom(5);
            List<double[]> start = values(plan);
            List<double[]> direction = plan.parameters().stream()
                    .map(p -> random.doubles(p.size(), -1, 1).toArray())
                    .toList();
            double expected = 0;
            for (Parameter p : plan.parameters()) {
                expected += dot(plan.gradient(p), direction.get(p.index()));
            }
            double step = 1e-5;
            double above = lossAt(plan, start, direction, step, slope);
            double below = lossAt(plan, start, direction, -step, slope);
            assertThat((above - below) / (2 * step)).isCloseTo(expected, within(0.02 * Math.abs(expected)));
        }
    }

    @Test
    void repeatsBitForBitAlsoInMemoryThatOthersUsed() {
        Network network = cells(8, 16);
        double[] first;
        double[] second;
        try (Plan plan = prepared(network, 8)) {
            first = results(plan);
            assertThat(results(plan)).containsExactly(first);
            plan.gradientsVector().assign(Float.NaN);
        }
        try (Plan other = prepared(cells(12, 16), 8)) {
            other.parametersVector().assign(Float.NaN);
            other.forward(Mode.TRAINING);
        }
        try (Plan plan = prepared(network, 8)) {
            second = results(plan);
        }
        assertThat(second).containsExactly(first);
    }

    /** Kernels are shared by all plans of the process, memory is not. */
    @Test
    void plansInSeveralThreadsDoNotDisturbEachOther() throws Exception {
        Network network = cells(8, 16);
        double[] alone;
        try (Plan plan = prepared(network, 8)) {
            alone = results(plan);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<double[]>> together = threads.invokeAll(Collections.nCopies(30, () -> {
                try (Plan plan = prepared(network, 8)) {
                    return results(plan);
                }
            }));
            for (Future<double[]> result : together) {
                assertThat(result.get()).containsExactly(alone);
            }
        }
    }

    /** The interface promises the values of the last forward run, whatever its memory was used for since. */
    @Test
    void valuesOfTheForwardRunSurviveTheBackwardRun() {
        Network network = cells(4, 8);
        try (Plan plan = prepared(network, 4);
                ReferenceExecution reference = new ReferenceExecution(network, 4)) {
            List<double[]> weights = values(plan);
            plan.parameters().forEach(p -> reference.load(p, weights.get(p.index())));
            reference.input(images(network, 4));
            reference.forward(Mode.TRAINING);
            plan.forward(Mode.TRAINING);
            plan.backward(signed(3, 40), false);
            double[] gradient = plan.inputGradient();
            for (int node = 0; node < network.nodes().size(); node++) {
                double[] expected = reference.values(node);
                double[] actual = plan.values(node);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], within(1e-3));
                }
            }
            assertThat(plan.inputGradient()).containsExactly(gradient);
        }
    }

    /** One axpy on the flat vectors is a step of gradient descent; so many of them separate what a line cannot. */
    @Test
    void descendsOnTheFlatVectors() {
        Network.Builder builder = new Network.Builder(new Shape(2, 1, 1));
        int hidden = builder.add("hidden", new Layer.Linear(16, true), 0);
        int rectified = builder.add("relu", Layer.Activation.RELU, hidden);
        builder.add("output", new Layer.Linear(1, true), rectified);
        try (Plan plan = Plan.compile(builder.build(), 4, ENOUGH)) {
            load(plan, 7);
            plan.input(new float[] {0, 0, 0, 1, 1, 0, 1, 1});
            double[] wanted = {-1, 1, 1, -1};
            INDArray values = plan.parametersVector();
            INDArray gradients = plan.gradientsVector();
            for (int step = 0; step < 500; step++) {
                plan.forward(Mode.TRAINING);
                double[] slope = plan.output();
                Arrays.setAll(slope, i -> (slope[i] - wanted[i]) / 4);
                plan.backwardToParameters(slope);
                Nd4j.getBlasWrapper().axpy(-0.2, gradients, values);
            }
            plan.forward(Mode.TRAINING);
            double[] output = plan.output();
            for (int i = 0; i < 4; i++) {
                assertThat(output[i]).isCloseTo(wanted[i], within(0.2));
            }
        }
    }

    @Test
    void refusesMoreMemoryThanAllowedNamingTheLayer() {
        Network network = cells(16, 32);
        long needed = Plan.bytes(network, 64);
        try (Plan plan = Plan.compile(network, 64, needed)) {
            assertThat(plan.bytes()).isEqualTo(needed);
        }
        assertThatExceptionOfType(MemoryLimitException.class)
                .isThrownBy(() -> Plan.compile(network, 64, needed - 1))
                .satisfies(e -> assertThat(e.bytes()).isEqualTo(needed))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(needed - 1))
                .withMessageContaining("layer '")
                .withMessageContaining("batch 64");
    }

    @Test
    void refusesTheAbsurdWithoutTryingIt() {
        Network.Builder builder = new Network.Builder(new Shape(3, 100_000, 100_000));
        builder.add("wide", Layer.Convolution.of(200_000_000, 3, 1, 1), 0);
        assertThatExceptionOfType(MemoryLimitException.class)
                .isThrownBy(() -> Plan.compile(builder.build(), 1_000_000, Long.MAX_VALUE))
                .withMessageContaining("'input'");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = cells(4, 8);
        assertThatIllegalArgumentException().isThrownBy(() -> Plan.compile(network, 0, ENOUGH));
        try (Plan plan = prepared(network, 2);
                Plan other = prepared(cells(8, 8), 2)) {
            assertThatIllegalArgumentException().isThrownBy(() -> plan.input(new float[5]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan.load(plan.parameters().getFirst(), new double[1]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan.gradient(other.parameters().getFirst()));
            plan.forward(Mode.TRAINING);
            assertThatIllegalArgumentException().isThrownBy(() -> plan.backward(new double[3], true));
        }
    }

    @Test
    void aClosedPlanRefusesToRun() {
        Plan plan = prepared(cells(4, 8), 2);
        plan.close();
        plan.close();
        assertThatIllegalStateException().isThrownBy(() -> plan.forward(Mode.TRAINING));
        assertThatIllegalStateException().isThrownBy(plan::output);
        assertThatIllegalStateException().isThrownBy(plan::parametersVector);
    }

    /** A maximum's backward run would take whatever the memory holds for places to write to. */
    @Test
    void nothingIsReadBeforeTheFirstForwardRun() {
        Network.Builder builder = new Network.Builder(new Shape(8, 4, 4));
        builder.add("pool", Layer.Pooling.maximum(2, 2, 0), 0);
        try (Plan plan = prepared(builder.build(), 2)) {
            assertThatIllegalStateException()
                    .isThrownBy(plan::backwardToAll)
                    .withMessageContaining("no forward run yet");
            assertThatIllegalStateException().isThrownBy(() -> plan.backward(new double[64], true));
            assertThatIllegalStateException().isThrownBy(plan::track);
            assertThatIllegalStateException().isThrownBy(() -> plan.values(1));
            plan.forward(Mode.TRAINING);
            plan.backwardToAll();
        }
    }

    /** Each new row lies between two old ones, whatever the number of rows: nothing needs a table of old by new. */
    @Test
    void enlargesTallMapsWithinTheirMemory() {
        Network.Builder builder = new Network.Builder(new Shape(1, 40_000, 1));
        builder.add("upsample", new Layer.Upsample(2, Layer.Upsample.Kind.LINEAR), 0);
        try (Plan plan = Plan.compile(builder.build(), 1, 1L << 23)) {
            plan.forward(Mode.TRAINING);
            double[] ones = new double[160_000];
            Arrays.fill(ones, 1);
            plan.backward(ones, true);
            assertThat(plan.inputGradient()).hasSize(40_000).containsOnly(4);
        }
    }

    /** What no output depends on has no gradient, whatever was in its memory before. */
    @Test
    void gradientsOfWhatIsNeverUsedAreZero() {
        Network.Builder builder = new Network.Builder(new Shape(3, 4, 4));
        builder.add("unused", Layer.Convolution.of(5, 3, 1, 1), 0);
        int zero = builder.add("zero", new Layer.Zero(), 0);
        builder.add("linear", new Layer.Linear(2, true), zero);
        try (Plan plan = prepared(builder.build(), 2)) {
            plan.forward(Mode.TRAINING);
            plan.backward(new double[] {1, 2, 3, 4}, true);
            assertThat(plan.gradient(plan.parameters().get(0))).containsOnly(0);
            assertThat(plan.gradient(plan.parameters().get(1))).containsOnly(0);
            assertThat(plan.gradient(plan.parameters().get(2))).containsExactly(4, 6);
            assertThat(plan.inputGradient()).hasSize(96).containsOnly(0);
        }
    }

    private static double lossAt(
            Plan plan, List<double[]> start, List<double[]> direction, double step, double[] slope) {
        for (Parameter p : plan.parameters()) {
            double[] moved = start.get(p.index()).clone();
            Arrays.setAll(moved, i -> moved[i] + step * direction.get(p.index())[i]);
            plan.load(p, moved);
        }
        plan.forward(Mode.TRAINING);
        return dot(plan.output(), slope);
    }

    private static double[] results(Plan plan) {
        plan.forward(Mode.TRAINING);
        plan.backward(signed(3, 80), true);
        double[] all = plan.inputGradient();
        for (Parameter p : plan.parameters()) {
            double[] gradient = plan.gradient(p);
            int end = all.length;
            all = Arrays.copyOf(all, end + gradient.length);
            System.arraycopy(gradient, 0, all, end, gradient.length);
        }
        return all;
    }

    private static Network cells(int channels, int resolution) {
        return new Nb201Space(new Nb201Parameters(channels, 1, 10, resolution)).decode(CellString.parse(CELL));
    }

    private static Plan prepared(Network network, int batch) {
        Plan plan = Plan.compile(network, batch, ENOUGH);
        load(plan, 1);
        plan.input(images(network, batch));
        return plan;
    }

    private static void load(Plan plan, long seed) {
        List<double[]> values = new Initialization(seed).draw(plan.parameters());
        plan.parameters().forEach(p -> plan.load(p, values.get(p.index())));
    }

    private static List<double[]> values(Plan plan) {
        return new Initialization(1).draw(plan.parameters());
    }

    private static float[] images(Network network, int batch) {
        double[] values = signed(2, Math.toIntExact(batch * network.input().elements()));
        float[] images = new float[values.length];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) values[i];
        }
        return images;
    }

    private static double[] signed(long seed, int length) {
        SplitMix stream = new SplitMix(seed);
        double[] values = new double[length];
        Arrays.setAll(values, i -> stream.nextSigned());
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
