package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Synaptic flow far outside float's range. */
class FlowTest {

    private static final double LOG_2 = Math.log(2);

    /** A chain of products: the output is weight^depth, each weight's gradient weight^(depth - 1). */
    @Property(tries = 40)
    void followsProductsBeyondTheRangeOfFloatsAndDoubles(@ForAll @DoubleRange(min = -20, max = 20) double power) {
        int depth = 60;
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 1));
        for (int i = 0; i < depth; i++) {
            int convolution = builder.add("convolution" + i, Layer.Convolution.of(1, 1, 1, 0), 2 * i);
            builder.add("relu" + i, Layer.Activation.RELU, convolution);
        }
        float rounded = (float) Math.pow(10, power);
        try (Plan plan = Plan.compile(builder.build(), 1, 1L << 24)) {
            plan.parameters().forEach(p -> plan.load(p, new double[] {rounded}));
            run(plan);
            assertThat(Math.log(plan.output()[0]) + plan.exponent() * LOG_2)
                    .isCloseTo(depth * Math.log(rounded), within(1e-4));
            for (Parameter p : plan.parameters()) {
                assertThat(Math.log(plan.gradient(p)[0]) + plan.exponent(p) * LOG_2)
                        .isCloseTo((depth - 1) * Math.log(rounded), within(1e-4));
            }
        }
    }

    /** Sums align what they add: 1 + w^12 by two ways of different length, w down to where one vanishes beside the other. */
    @Property(tries = 40)
    void addsWaysOfDifferentMagnitude(@ForAll @DoubleRange(min = -6, max = 6) double power) {
        int depth = 12;
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 1));
        int top = 0;
        for (int i = 0; i < depth; i++) {
            top = builder.add("convolution" + i, Layer.Convolution.of(1, 1, 1, 0), top);
        }
        int zero = builder.add("zero", new Layer.Zero(), 0);
        builder.add("sum", new Layer.Add(), top, 0, zero);
        float rounded = (float) Math.pow(10, power);
        try (Plan plan = Plan.compile(builder.build(), 1, 1L << 24)) {
            plan.parameters().forEach(p -> plan.load(p, new double[] {rounded}));
            run(plan);
            double expected = 1 + Math.pow(rounded, depth);
            assertThat(Math.scalb(plan.output()[0], (int) plan.exponent()))
                    .isCloseTo(expected, within(1e-5 * expected));
        }
    }

    /** A bias stands for itself, however large what it is added to: w1 * w2 + b. */
    @Test
    void biasesAreNotScaledWithTheirInput() {
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 1));
        builder.add("first", new Layer.Linear(1, true), 0);
        builder.add("second", new Layer.Linear(1, true), 1);
        try (Plan plan = Plan.compile(builder.build(), 1, 1L << 24)) {
            double[] values = {1000, 24, 0.5, 3};
            plan.parameters().forEach(p -> plan.load(p, new double[] {values[p.index()]}));
            run(plan);
            assertThat(Math.scalb(plan.output()[0], (int) plan.exponent())).isEqualTo((1000 + 24) * 0.5 + 3);
            double[] gradients = plan.parameters().stream()
                    .mapToDouble(p -> Math.scalb(plan.gradient(p)[0], (int) plan.exponent(p)))
                    .toArray();
            assertThat(gradients).containsExactly(0.5, 0.5, 1024, 1);
        }
    }

    @Test
    void zeroStaysZeroWithExponentZero() {
        Network.Builder builder = new Network.Builder(new Shape(2, 3, 3));
        int convolution = builder.add("convolution", Layer.Convolution.of(4, 3, 1, 1), 0);
        int zero = builder.add("zero", new Layer.Zero(), convolution);
        builder.add("linear", new Layer.Linear(2, false), zero);
        try (Plan plan = Plan.compile(builder.build(), 1, 1L << 24)) {
            plan.parameters().forEach(p -> {
                double[] large = new double[p.size()];
                Arrays.fill(large, 1e30);
                plan.load(p, large);
            });
            run(plan);
            assertThat(plan.output()).containsOnly(0);
            assertThat(plan.exponent()).isZero();
            for (Parameter p : plan.parameters()) {
                assertThat(plan.gradient(p)).containsOnly(0);
            }
        }
    }

    private static void run(Plan plan) {
        float[] ones = new float[Math.toIntExact(plan.network().input().elements())];
        Arrays.fill(ones, 1);
        plan.input(ones);
        plan.forward(Mode.FLOW);
        double[] slope = new double[Math.toIntExact(plan.network().output().elements())];
        Arrays.fill(slope, 1);
        plan.backward(slope, true);
    }
}
