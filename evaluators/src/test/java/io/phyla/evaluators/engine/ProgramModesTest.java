package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.program.Programs;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training against evaluation of programs in a plan, and what limits their memory. */
class ProgramModesTest {

    private static final int BATCH = 5;
    private static final Shape SHAPE = new Shape(6, 5, 3);

    private static Stream<LayerProgram> programs() {
        SplittableRandom random = new SplittableRandom(11);
        return Stream.concat(
                Stream.of(Programs.b0(), Programs.rectified(Operation.MEAN_BWH, Operation.STD_BWH)),
                Stream.generate(() -> Programs.random(random, true, 10, 2))
                        .filter(it -> !it.batchMoments().isEmpty() && it.live()[LayerProgram.X])
                        .limit(30));
    }

    /** With the batch's own moments for moving averages both give the same. */
    @ParameterizedTest
    @MethodSource("programs")
    void evaluationIsTrainingWhereAveragesAreTheBatchs(LayerProgram program) {
        try (Plan plan = plan(program, 1L << 28)) {
            new Initialization(1).load(plan);
            plan.input(images());
            plan.forward(Mode.TRAINING);
            double[] training = plan.output();
            plan.track(1);
            plan.forward(Mode.INFERENCE);
            double[] inference = plan.output();
            for (int i = 0; i < training.length; i++) {
                if (Double.isFinite(training[i])) {
                    assertThat(inference[i])
                            .isCloseTo(training[i], within(1e-5 * Math.max(1, Math.abs(training[i]))));
                }
            }
        }
    }

    /** Statistics start at 0 for means and 1 for variances and take a tenth of each batch. */
    @Test
    void movingAveragesTakeTheLayersShare() {
        try (Plan plan = plan(Programs.rectified(Operation.MEAN_BWH, Operation.STD_BWH), 1L << 28)) {
            new Initialization(1).load(plan);
            float[] images = images();
            plan.input(images);
            plan.forward(Mode.TRAINING);
            plan.track();
            double mean = 0;
            double square = 0;
            int pixels = SHAPE.height() * SHAPE.width();
            for (int sample = 0; sample < BATCH; sample++) {
                for (int i = 0; i < pixels; i++) {
                    double x = images[sample * SHAPE.channels() * pixels + i];
                    mean += x / (BATCH * pixels);
                    square += x * x / (BATCH * pixels);
                }
            }
            assertThat(plan.read(plan.statistics().get(0))[0]).isCloseTo(.1 * mean, within(1e-6));
            assertThat(plan.read(plan.statistics().get(1))[0])
                    .isCloseTo(.9 + .1 * (square - mean * mean), within(1e-6));
        }
    }

    @Test
    void whatAProgramNeedsCountsAgainstTheLimit() {
        LayerProgram program = Programs.s0(Operation.STD_WHCG);
        long needed;
        try (Plan plan = plan(program, 1L << 28)) {
            needed = plan.bytes();
        }
        // Images, output, both gradients, and what lies between them.
        assertThat(needed).isGreaterThan(4L * BATCH * SHAPE.elements() * Float.BYTES);
        assertThatExceptionOfType(MemoryLimitException.class)
                .isThrownBy(() -> plan(program, needed - 1));
    }

    private static Plan plan(LayerProgram program, long limit) {
        Network.Builder network = new Network.Builder(SHAPE);
        network.add("layer", new Layer.Program(program), 0);
        return Plan.compile(network.build(), BATCH, limit);
    }

    private static float[] images() {
        SplittableRandom random = new SplittableRandom(5);
        float[] images = new float[Math.toIntExact(BATCH * SHAPE.elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (2 + random.nextGaussian());
        }
        return images;
    }
}
