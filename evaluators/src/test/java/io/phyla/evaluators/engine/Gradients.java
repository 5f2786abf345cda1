package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A network's gradients held against differences of its outputs, and a plan against the reference so tested. */
final class Gradients {

    private Gradients() {}

    static void check(Network network, int batch, Mode mode, long seed) {
        againstDifferences(network, batch, mode, seed);
        PlanComparison.compare(network, batch, mode, seed);
    }

    /** Every gradient of sum(c * output), c random, against (f(x + h) - f(x - h)) / 2h. */
    static void againstDifferences(Network network, int batch, Mode mode, long seed) {
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
