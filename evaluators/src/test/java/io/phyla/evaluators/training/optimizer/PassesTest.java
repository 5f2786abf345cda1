package io.phyla.evaluators.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.Networks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What goes around the rules, against plain loops in double. */
class PassesTest {

    private static final int LINE = 16;

    private static MemorySegment random(Arena arena, int lines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment segment = arena.allocate((long) lines * LINE * Float.BYTES, 64);
        for (int i = 0; i < lines * LINE; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return segment;
    }

    private static double at(MemorySegment segment, long index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    @Property(tries = 50)
    void theNormIsThatOfAllGradientsTogether(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int lines) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment gradients = random(arena, lines, seed);
            double sum = 0;
            for (int i = 0; i < lines * LINE; i++) {
                sum += at(gradients, i) * at(gradients, i);
            }
            assertThat(GradientNorm.of(gradients)).isCloseTo(Math.sqrt(sum), within(1e-12 * Math.sqrt(sum)));
        }
    }

    /** PyTorch's {@code clip_grad_norm_([3, -4, 12], [84, 0.5], 5)}: total 85.001472473, first gradient 0.176467538. */
    @Test
    void clipsAsPyTorchDoes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment gradients = arena.allocate(2 * 64, 64);
            gradients.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 3);
            gradients.setAtIndex(ValueLayout.JAVA_FLOAT, 1, -4);
            gradients.setAtIndex(ValueLayout.JAVA_FLOAT, 2, 12);
            gradients.setAtIndex(ValueLayout.JAVA_FLOAT, LINE, 84);
            gradients.setAtIndex(ValueLayout.JAVA_FLOAT, LINE + 1, 0.5f);
            double norm = GradientNorm.of(gradients);
            assertThat(norm).isCloseTo(85.001472473, within(1e-5));
            assertThat(3 * GradientNorm.factor(norm, 5)).isCloseTo(0.17646753788, within(1e-7));
            assertThat(GradientNorm.factor(norm, 100)).isEqualTo(1);
        }
    }

    @Test
    void theAverageFollowsAndChangesPlaces() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment weights = random(arena, 3, 1);
            int count = 3 * LINE;
            double[] expected = new double[count];
            for (int i = 0; i < count; i++) {
                expected[i] = at(weights, i);
            }
            try (MovingAverage average = new MovingAverage(weights, 0.5)) {
                for (int step = 1; step <= 20; step++) {
                    weights.copyFrom(random(arena, 3, 100 + step));
                    average.update(step);
                    double kept = Math.min(0.5, (1.0 + step) / (10 + step));
                    for (int i = 0; i < count; i++) {
                        expected[i] = kept * expected[i] + (1 - kept) * at(weights, i);
                    }
                }
                MemorySegment before = arena.allocate(weights.byteSize()).copyFrom(weights);
                average.exchange();
                for (int i = 0; i < count; i++) {
                    assertThat(at(weights, i)).isCloseTo(expected[i], within(1e-6));
                }
                average.exchange();
                assertThat(weights.mismatch(before)).isEqualTo(-1);
            }
        }
    }

    /** Without gradients only decay moves anything: SGD shrinks by {@code 1 - rate decay}. */
    @Test
    void decayLeavesBiasesAndNormalisationAlone() {
        for (boolean everything : new boolean[] {false, true}) {
            try (Plan plan = Plan.compile(Networks.small(3), 2, 1L << 26)) {
                new Initialization(1).load(plan);
                double[][] before = plan.parameters().stream().map(plan::read).toArray(double[][]::new);
                plan.gradientsSegment().fill((byte) 0);
                try (Optimizer optimizer = new Optimizer(new Sgd(0, false), 0.5, everything, plan)) {
                    optimizer.step(0.5, 1);
                }
                for (Parameter parameter : plan.parameters()) {
                    boolean decayed = everything || parameter.role() == Parameter.Role.WEIGHT;
                    double[] after = plan.read(parameter);
                    for (int i = 0; i < after.length; i++) {
                        double value = before[parameter.index()][i];
                        assertThat(after[i]).isCloseTo(decayed ? 0.75 * value : value, within(1e-7));
                    }
                }
            }
        }
    }
}
