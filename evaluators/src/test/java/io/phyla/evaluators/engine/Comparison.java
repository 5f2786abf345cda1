package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.statistics.Statistics;

/** A compiled plan beside plain loops over doubles: every value, every sign, every gradient. */
final class Comparison {

    private Comparison() {}

    /** Of the largest element of the same tensor. */
    private static final double TOLERANCE = 2e-4;

    /** Of one, which terms of values are about as large as: sums of few of them may cancel. */
    private static final double ROUNDING = 1e-6;

    /** Of the largest of all parameters' gradients: one that vanishes by cancellation is only this exact. */
    private static final double CANCELLATION = 1e-5;

    /**
     * Of a sum of magnitudes that a parameter's gradient is the sum of: so exact are its terms, and what they miss in common
     * does not cancel where they do.
     */
    private static final double SUMMED = Smoothness.ROUNDING;

    /** Of the largest of all products: behind a normalisation many terms of either sign sum up to next to nothing. */
    private static final double ORTHOGONAL = 1e-4;

    /** Of one: an image's gradient that is zero because a normalisation takes out what a mean hands back. */
    private static final double VANISHED = 1e-4;

    /** Compares a run in INFERENCE. Moving statistics enter first, for those a plan starts with would hide most mistakes. */
    static void infer(Network network, int batch, long seed, double reach) {
        try (Plan plan = Plan.compile(network, batch, 1L << 30);
                ReferenceExecution reference = new ReferenceExecution(network, batch)) {
            load(plan, reference, new SplittableRandom(seed), reach);
            for (Execution execution : List.of(plan, reference)) {
                execution.forward(Mode.TRAINING);
                execution.track(0.3);
                execution.track();
            }
            boolean smooth = Smoothness.of(reference, Mode.TRAINING);
            for (Parameter statistic : plan.statistics()) {
                if (smooth) {
                    close("statistic", plan.read(statistic), reference.read(statistic), 1e-6);
                }
                reference.load(statistic, plan.read(statistic));
            }
            reference.forward(Mode.INFERENCE);
            plan.forward(Mode.INFERENCE);
            if (Smoothness.of(reference, Mode.INFERENCE)) {
                compareValues(plan, reference, Mode.INFERENCE);
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.backward(plan.output(), true))
                    .withMessageContaining("INFERENCE");
        }
    }

    private static void load(Plan plan, ReferenceExecution reference, SplittableRandom random, double reach) {
        float[] images =
                new float[Math.toIntExact(plan.batch() * plan.network().input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-reach, reach);
        }
        for (Parameter parameter : plan.parameters()) {
            double[] values = random.doubles(parameter.size(), -1, 1).toArray();
            plan.load(parameter, values);
            reference.load(parameter, Arrays.stream(values).map(v -> (float) v).toArray());
        }
        plan.input(images);
        reference.input(images);
    }

    /**
     * Compares one run forward and backward, unless a rounding might decide a derivative.
     *
     * @param reach images are uniform in +-reach
     */
    static void run(Network network, int batch, Mode mode, long seed, double reach) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Plan plan = Plan.compile(network, batch, 1L << 30);
                ReferenceExecution reference = new ReferenceExecution(network, batch)) {
            load(plan, reference, random, reach);
            reference.forward(mode);
            boolean smooth = Smoothness.of(reference, mode);
            Statistics.label("compared").collect(smooth);
            if (smooth) {
                plan.forward(mode);
                double[] slope = random.doubles(batch * network.output().elements(), -1, 1)
                        .toArray();
                plan.backward(slope, true);
                reference.backward(slope, true);
                compareGradients(plan, reference, mode);
                compareValues(plan, reference, mode);
                compareSigns(plan, reference);
                if (mode == Mode.TRAINING) {
                    compareProducts(plan, reference, slope);
                }
                assertThat(plan.inputGradient())
                        .as("the images' gradient outlives values computed again")
                        .satisfies(gradient -> closeImages(gradient, reference, mode));
            }
        }
    }

    /** Compares runs in FROZEN with other parameters, twice, so that gates have to outlive the first. */
    static void freeze(Network network, int batch, long seed, double reach) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Plan plan = Plan.compile(network, batch, 1L << 30);
                ReferenceExecution reference = new ReferenceExecution(network, batch)) {
            load(plan, reference, random, reach);
            reference.forward(Mode.TRAINING);
            if (!Smoothness.of(reference, Mode.TRAINING)) {
                Statistics.label("compared").collect(false);
                return;
            }
            plan.forward(Mode.TRAINING);
            for (int run = 0; run < 2; run++) {
                load(plan, reference, random, reach);
                reference.forward(Mode.FROZEN);
                boolean smooth = Smoothness.of(reference, Mode.FROZEN);
                Statistics.label("compared").collect(smooth);
                plan.forward(Mode.FROZEN);
                double[] slope = random.doubles(batch * network.output().elements(), -1, 1)
                        .toArray();
                plan.backward(slope, true);
                reference.backward(slope, true);
                if (smooth) {
                    compareGradients(plan, reference, Mode.FROZEN);
                    compareValues(plan, reference, Mode.FROZEN);
                }
            }
        }
    }

    private static void compareGradients(Plan plan, ReferenceExecution reference, Mode mode) {
        closeImages(plan.inputGradient(), reference, mode);
        double cancellation = CANCELLATION
                * plan.parameters().stream()
                        .mapToDouble(p -> largest(reference.gradient(p)))
                        .max()
                        .orElse(0);
        for (Parameter parameter : plan.parameters()) {
            close(
                    "gradient of " + parameter,
                    scaled(plan.gradient(parameter), plan.exponent(parameter)),
                    reference.gradient(parameter),
                    mode == Mode.FLOW ? 0 : cancellation + SUMMED * summed(reference, parameter));
        }
    }

    /**
     * A bound on those magnitudes: of the gradients of all pixels at the parameter's node or, because a normalisation may have
     * taken out everything but roundings, at any later one. Normalised values have a square mean of one.
     */
    private static double summed(ReferenceExecution reference, Parameter parameter) {
        Network network = reference.network();
        double largest = 0;
        for (int node = parameter.node(); node < network.nodes().size(); node++) {
            Shape shape = network.shapes().get(node);
            double pixels = (double) reference.batch() * shape.height() * shape.width();
            double gradient = largest(reference.outputGradient(node))
                    * Smoothness.mostGain(network.nodes().get(node).layer());
            largest = Math.max(largest, pixels * gradient);
        }
        int input = network.nodes().get(parameter.node()).inputs().getFirst();
        return switch (parameter.role()) {
            case WEIGHT -> largest * largest(reference.values(input));
            case BIAS, SCALE, SHIFT, VECTOR, MEAN, VARIANCE, MOMENT -> largest;
        };
    }

    /** What a watcher of a backward run is shown; and parameters' numbers by blocks are those of the whole. */
    private static void compareProducts(Plan plan, ReferenceExecution reference, double[] slope) {
        Map<Integer, double[]> expected = new HashMap<>();
        reference.backwardToParameters(slope, expected::put);
        double largest = expected.values().stream()
                .mapToDouble(Comparison::largest)
                .max()
                .orElse(0);
        plan.forward(Mode.TRAINING);
        plan.backwardToParameters(
                slope,
                (node, products) -> close(
                        "products of " + node,
                        products,
                        Objects.requireNonNull(expected.get(node)),
                        ORTHOGONAL * largest));
        for (Parameter parameter : plan.parameters()) {
            double[] whole = plan.gradient(parameter);
            int from = whole.length / 3;
            double[] part = new double[whole.length - from];
            plan.parameterGradients().read(parameter, from, part, part.length);
            assertThat(part).containsExactly(Arrays.copyOfRange(whole, from, whole.length));
        }
    }

    private static void compareValues(Plan plan, ReferenceExecution reference, Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> close("output", plan.output(), reference.output(), ROUNDING);
            case FLOW -> close("output", scaled(plan.output(), plan.exponent()), reference.output(), 0);
        }
        List<Network.Node> nodes = plan.network().nodes();
        for (int node = 0; node < nodes.size(); node++) {
            double[] values = plan.values(node);
            double[] expected = reference.values(node);
            switch (mode) {
                case TRAINING, FROZEN, INFERENCE -> close(nodes.get(node).toString(), values, expected, ROUNDING);
                case FLOW -> close(nodes.get(node).toString(), direction(values), direction(expected), 0);
            }
        }
    }

    /**
     * The order of units is each execution's own, so the patterns are compared by their number of ones. Not every function's
     * slope jumps at zero: its sign may still be a rounding's to decide, or that of a number below float's range.
     */
    private static void compareSigns(Plan plan, ReferenceExecution reference) {
        for (int node = 0; node < plan.network().nodes().size(); node++) {
            Network.Node it = plan.network().nodes().get(node);
            if (it.layer() instanceof Layer.Activation
                    && Smoothness.away(0, reference.values(it.inputs().getFirst()))) {
                assertThat(positives(plan, node)).containsExactly(positives(reference, node));
            }
        }
    }

    private static int[] positives(Execution execution, int node) {
        int[] positives = new int[execution.batch()];
        execution.signs(
                node,
                (sample, words, count) -> positives[sample] = IntStream.range(0, count)
                        .map(i -> Long.bitCount(words[i]))
                        .sum());
        return positives;
    }

    /** The interface gives no exponent for the images' gradient, so in FLOW only its direction is compared. */
    private static void closeImages(double[] gradient, ReferenceExecution reference, Mode mode) {
        double[] expected = reference.inputGradient();
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> close("image gradient", gradient, expected, VANISHED);
            case FLOW -> close("image gradient", direction(gradient), direction(expected), 0);
        }
    }

    private static double[] direction(double[] values) {
        double largest = largest(values);
        return largest == 0
                ? values
                : Arrays.stream(values).map(v -> v / largest).toArray();
    }

    static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static double[] scaled(double[] mantissas, long exponent) {
        return Arrays.stream(mantissas).map(m -> Math.scalb(m, (int) exponent)).toArray();
    }

    private static void close(String what, double[] actual, double[] expected, double absolute) {
        double tolerance = TOLERANCE * largest(expected) + absolute;
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
