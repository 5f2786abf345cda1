package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Values that are gone are computed again: whoever asks, whenever and in whatever order, changes no bit of anything else. */
class PlanValuesTest {

    @Property(tries = 150)
    void askingChangesNothing(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll Mode mode, @ForAll Random order) {
        check(RandomNetworks.of(seed), batch, mode, seed, order);
    }

    static void check(Network network, int batch, Mode mode, long seed, Random order) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Plan plan = Plan.compile(network, batch, 1L << 30)) {
            float[] images = new float[Math.toIntExact(batch * network.input().elements())];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) random.nextDouble(-1, 1);
            }
            plan.input(images);
            plan.noise(seed);
            load(plan, random);
            plan.forward(Mode.TRAINING);
            load(plan, random);
            double[] slope =
                    random.doubles(batch * network.output().elements(), -1, 1).toArray();
            plan.forward(mode);
            List<double[]> values = values(plan);
            double[] output = plan.output();
            List<double[]> gradients = gradients(plan, mode, slope);
            for (int round = 0; round < 3; round++) {
                if (round < 2) {
                    plan.forward(mode);
                }
                ask(plan, mode, values, order);
                assertThat(gradients(plan, mode, slope))
                        .usingRecursiveComparison()
                        .isEqualTo(gradients);
                ask(plan, mode, values, order);
                assertThat(plan.output()).isEqualTo(output);
            }
        }
    }

    private static void load(Plan plan, SplittableRandom random) {
        for (Parameter parameter : plan.parameters()) {
            plan.load(parameter, random.doubles(parameter.size(), -1, 1).toArray());
        }
    }

    private static List<double[]> values(Plan plan) {
        return IntStream.range(0, plan.network().nodes().size())
                .mapToObj(plan::values)
                .toList();
    }

    private static void ask(Plan plan, Mode mode, List<double[]> values, Random order) {
        List<Integer> nodes =
                new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
        Collections.shuffle(nodes, order);
        for (int node : nodes) {
            double[] expected = values.get(node);
            if (mode == Mode.FROZEN || order.nextBoolean()) {
                assertThat(plan.values(node)).as("node %d", node).isEqualTo(expected);
            } else {
                plan.signs(node, (sample, words, count) -> {
                    if (plan.network().nodes().get(node).layer() instanceof Layer.Activation) {
                        int units = expected.length / plan.batch();
                        assertThat(Arrays.stream(words, 0, count)
                                        .mapToInt(Long::bitCount)
                                        .sum())
                                .isEqualTo((int) Arrays.stream(expected, sample * units, (sample + 1) * units)
                                        .filter(value -> value > 0)
                                        .count());
                    }
                });
            }
        }
    }

    /** Of a run from the slope; none where there is no backward run. */
    private static List<double[]> gradients(Plan plan, Mode mode, double[] slope) {
        if (mode == Mode.INFERENCE) {
            return List.of();
        }
        plan.backward(slope, true);
        List<double[]> gradients = new ArrayList<>(List.of(plan.inputGradient()));
        plan.parameters().forEach(parameter -> gradients.add(plan.gradient(parameter)));
        return gradients;
    }
}
