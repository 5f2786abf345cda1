package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Gradients of the reference against central differences of its own output. */
final class GradientCheck {

    private static final double STEP = 1e-6;

    private final ReferenceExecution execution;
    private final Mode mode;
    private final double[] coefficients;

    private GradientCheck(ReferenceExecution execution, Mode mode, double[] coefficients) {
        this.execution = execution;
        this.mode = mode;
        this.coefficients = coefficients;
    }

    /**
     * Every gradient of sum(c * output), c random, against (f(x + h) - f(x - h)) / 2h, at a few elements.
     *
     * @param reach images are uniform in +-reach
     */
    static void check(Network network, int batch, Mode mode, long seed, double reach) {
        SplittableRandom random = new SplittableRandom(seed);
        try (ReferenceExecution execution = new ReferenceExecution(network, batch)) {
            double[] images =
                    uniform(random, Math.toIntExact(batch * network.input().elements()), reach);
            double[] coefficients =
                    uniform(random, Math.toIntExact(batch * network.output().elements()), 1);
            GradientCheck check = new GradientCheck(execution, mode, coefficients);
            execution.input(images);
            List<double[]> values = execution.parameters().stream()
                    .map(parameter -> uniform(random, parameter.size(), 1))
                    .toList();
            execution.parameters().forEach(p -> execution.load(p, values.get(p.index())));
            execution.forward(mode);
            execution.backward(coefficients, true);
            double[] inputGradient = execution.inputGradient();
            List<double[]> gradients =
                    execution.parameters().stream().map(execution::gradient).toList();
            for (int probe = 0; probe < 4; probe++) {
                int at = random.nextInt(images.length);
                check.slope(inputGradient[at], images, at, execution::input);
            }
            for (Parameter p : execution.parameters()) {
                int at = random.nextInt(p.size());
                check.slope(
                        gradients.get(p.index())[at], values.get(p.index()), at, shifted -> execution.load(p, shifted));
            }
        }
    }

    /**
     * A kink within the step, where the slopes on either side differ, says nothing about the derivative; where they differ
     * little, the derivative is one of them, half their difference from what is between them.
     */
    private void slope(double gradient, double[] tensor, int at, Consumer<double[]> load) {
        double above = shifted(tensor, at, STEP, load);
        double below = shifted(tensor, at, -STEP, load);
        double here = shifted(tensor, at, 0, load);
        double slope = (above - below) / (2 * STEP);
        double bend = Math.abs((above - here) - (here - below)) / STEP;
        if (bend < 1e-4 * (1 + Math.abs(slope))) {
            assertThat(gradient).isCloseTo(slope, within(2e-6 * (1 + Math.abs(slope)) + bend / 2));
        }
    }

    private double shifted(double[] tensor, int at, double step, Consumer<double[]> load) {
        double[] shifted = tensor.clone();
        shifted[at] += step;
        load.accept(shifted);
        execution.forward(mode);
        double[] output = execution.output();
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            sum += coefficients[i] * output[i];
        }
        return sum;
    }

    private static double[] uniform(SplittableRandom random, int length, double reach) {
        return random.doubles(length, -reach, reach).toArray();
    }
}
