package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Known small results by hand, and gradients against central differences over random shapes. */
class ReferenceExecutionTest {

    @Property(tries = 150)
    void convolutionGradients(
            @ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll @IntRange(min = 1, max = 3) int groups,
            @ForAll @IntRange(min = 1, max = 3) int in,
            @ForAll @IntRange(min = 1, max = 3) int out,
            @ForAll @IntRange(min = 1, max = 3) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(min = 0, max = 3) int padding,
            @ForAll @IntRange(min = 0, max = 4) int slack,
            @ForAll boolean bias,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        int height = Math.max(1, dilation * (kernel - 1) + 1 - 2 * padding) + slack;
        Network.Builder builder = new Network.Builder(new Shape(in * groups, height, height + 1));
        builder.add(
                "convolution", new Layer.Convolution(out * groups, kernel, stride, padding, dilation, groups, bias), 0);
        checkGradients(builder.build(), batch, mode, seed);
    }

    @Property(tries = 80)
    void normalizationGradients(
            @ForAll @IntRange(min = 1, max = 4) int batch,
            @ForAll @IntRange(min = 1, max = 9) int channels,
            @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(new Shape(channels, size, size));
        builder.add("normalization", new Layer.BatchNormalization(0.1, 0.1), 0);
        checkGradients(builder.build(), batch, mode, seed);
    }

    @Property(tries = 80)
    void poolingGradients(
            @ForAll @IntRange(min = 1, max = 2) int batch,
            @ForAll @IntRange(min = 1, max = 3) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll boolean padded,
            @ForAll boolean countPadding,
            @ForAll @IntRange(min = 0, max = 4) int slack,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(new Shape(3, kernel + slack, kernel));
        builder.add(
                "pooling",
                new Layer.Pooling(Layer.Pooling.Kind.AVERAGE, kernel, stride, padded ? kernel / 2 : 0, countPadding),
                0);
        checkGradients(builder.build(), batch, Mode.TRAINING, seed);
    }

    @Property(tries = 60)
    void gradientsOfWholeNetworks(
            @ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll @IntRange(min = 1, max = 9) int channels,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(new Shape(3, size, size));
        int stem = builder.add("stem", Layer.Convolution.of(channels, 3, 1, 1), 0);
        int normal = builder.add("norm", new Layer.BatchNormalization(0.1, 0.1), stem);
        int rectified = builder.add("relu", Layer.Activation.RELU, normal);
        int pooled = builder.add("pool", Layer.Pooling.average(3, 1, 1), rectified);
        int convolved = builder.add("convolution", Layer.Convolution.of(channels, 3, 1, 1), rectified);
        int zero = builder.add("zero", new Layer.Zero(), stem);
        int sum = builder.add("sum", new Layer.Add(), pooled, convolved, stem, zero, pooled);
        int halved = builder.add("halved", Layer.Convolution.of(2 * channels, 3, 2, 1), sum);
        int last = builder.add("last", Layer.Activation.RELU, halved);
        int mean = builder.add("mean", new Layer.GlobalPooling(), last);
        builder.add("classifier", new Layer.Linear(4, true), mean);
        checkGradients(builder.build(), batch, mode, seed);
    }

    /** The modes that have a backward run. */
    @Provide
    Arbitrary<Mode> backward() {
        return Arbitraries.of(Mode.TRAINING, Mode.FLOW);
    }

    @Test
    void convolvesByHand() {
        Network.Builder builder = new Network.Builder(new Shape(1, 2, 2));
        builder.add("convolution", new Layer.Convolution(1, 3, 1, 1, 1, 1, true), 0);
        try (ReferenceExecution execution = new ReferenceExecution(builder.build(), 1)) {
            execution.load(execution.parameters().getFirst(), new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
            execution.load(execution.parameters().getLast(), new double[] {100});
            execution.input(new double[] {1, 10, 100, 1000});
            execution.forward(Mode.TRAINING);
            assertThat(execution.output())
                    .containsExactly(
                            100 + 5 + 60 + 800 + 9000,
                            100 + 4 + 50 + 700 + 8000,
                            100 + 2 + 30 + 500 + 6000,
                            100 + 1 + 20 + 400 + 5000);
        }
    }

    @Test
    void averagesWithoutThePadding() {
        Network.Builder builder = new Network.Builder(new Shape(1, 3, 3));
        builder.add("pooling", Layer.Pooling.average(3, 2, 1), 0);
        try (ReferenceExecution execution = new ReferenceExecution(builder.build(), 1)) {
            execution.input(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
            execution.forward(Mode.TRAINING);
            assertThat(execution.output()).containsExactly(3, 4, 6, 7);
        }
    }

    @Test
    void normalisesByTheBatchOnlyInTraining() {
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 2));
        builder.add("normalization", new Layer.BatchNormalization(0, 0.1), 0);
        try (ReferenceExecution execution = new ReferenceExecution(builder.build(), 2)) {
            execution.load(execution.parameters().getFirst(), new double[] {2});
            execution.load(execution.parameters().getLast(), new double[] {10});
            execution.input(new double[] {1, 3, 3, 1});
            execution.forward(Mode.TRAINING);
            assertThat(execution.output()).containsExactly(8, 12, 12, 8);
            execution.forward(Mode.FLOW);
            assertThat(execution.output()).containsExactly(1, 3, 3, 1);
        }
    }

    @Test
    void signsAreOneBitPerPositiveUnit() {
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 67));
        builder.add("relu", Layer.Activation.RELU, 0);
        try (ReferenceExecution execution = new ReferenceExecution(builder.build(), 2)) {
            double[] images = new double[2 * 67];
            images[1] = 0.5;
            images[2] = -0.5;
            images[66] = 3;
            images[67] = 1;
            execution.input(images);
            execution.forward(Mode.TRAINING);
            long[][] words = new long[2][];
            execution.signs(1, (sample, signs, count) -> words[sample] = Arrays.copyOf(signs, count));
            assertThat(words[0]).containsExactly(2, 4);
            assertThat(words[1]).containsExactly(1, 0);
        }
    }

    /** Every gradient of sum(c * output), c random, against (f(x + h) - f(x - h)) / 2h. */
    private static void checkGradients(Network network, int batch, Mode mode, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (ReferenceExecution execution = new ReferenceExecution(network, batch)) {
            double[] images =
                    uniform(random, Math.toIntExact(batch * network.input().elements()));
            double[] coefficients =
                    uniform(random, Math.toIntExact(batch * network.output().elements()));
            execution.input(images);
            List<double[]> values = execution.parameters().stream()
                    .map(parameter -> uniform(random, parameter.size()))
                    .toList();
            execution.parameters().forEach(p -> execution.load(p, values.get(p.index())));
            execution.forward(mode);
            execution.backward(coefficients, true);
            double[] inputGradient = execution.inputGradient();
            List<double[]> gradients =
                    execution.parameters().stream().map(execution::gradient).toList();
            for (int probe = 0; probe < 4; probe++) {
                int at = random.nextInt(images.length);
                checkSlope(execution, mode, coefficients, inputGradient[at], images, at, execution::input);
            }
            for (Parameter p : execution.parameters()) {
                int at = random.nextInt(p.size());
                double gradient = gradients.get(p.index())[at];
                checkSlope(
                        execution,
                        mode,
                        coefficients,
                        gradient,
                        values.get(p.index()),
                        at,
                        shifted -> execution.load(p, shifted));
            }
        }
    }

    /** A step across the kink of a rectifier, which happens once in a thousand, says nothing about the derivative. */
    private static void checkSlope(
            ReferenceExecution execution,
            Mode mode,
            double[] coefficients,
            double gradient,
            double[] tensor,
            int at,
            Consumer<double[]> load) {
        double step = 1e-6;
        double[] shifted = tensor.clone();
        shifted[at] = tensor[at] + step;
        load.accept(shifted);
        execution.forward(mode);
        double above = dot(coefficients, execution.output());
        List<Long> signsAbove = signs(execution);
        shifted[at] = tensor[at] - step;
        load.accept(shifted);
        execution.forward(mode);
        double below = dot(coefficients, execution.output());
        boolean smooth = signsAbove.equals(signs(execution));
        load.accept(tensor);
        if (smooth) {
            double slope = (above - below) / (2 * step);
            assertThat(gradient).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
    }

    private static List<Long> signs(ReferenceExecution execution) {
        List<Long> signs = new ArrayList<>();
        for (int node = 1; node < execution.network().nodes().size(); node++) {
            if (execution.network().nodes().get(node).layer() instanceof Layer.Activation) {
                execution.signs(node, (_, words, _) -> Arrays.stream(words).forEach(signs::add));
            }
        }
        return signs;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] uniform(SplittableRandom random, int length) {
        return random.doubles(length, -1, 1).toArray();
    }
}
