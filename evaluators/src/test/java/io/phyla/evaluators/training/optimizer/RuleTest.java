package io.phyla.evaluators.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.training.optimizer.Rule.Step;
import io.phyla.evaluators.training.optimizer.Rule.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against PyTorch 1.13's {@code torch.optim}: a float64 parameter {@code [0.5, -1.25, 2, -0.03]}, the five gradients below set as
 * {@code p.grad} one after the other, {@code optimizer.step()} after each, then {@code p} printed with twelve places.
 */
class RuleTest {

    private static final int LINE = 64;
    private static final float[] START = {0.5f, -1.25f, 2, -0.03f};
    private static final float[][] GRADIENTS = {
        {0.1f, -0.2f, 0.3f, 1.5f},
        {-0.4f, 0.25f, 0.05f, -0.7f},
        {0.02f, 0.6f, -0.9f, 0.3f},
        {0, -0.1f, 0.2f, 0.001f},
        {1, 0.5f, -0.25f, -2}
    };

    static Stream<Arguments> published() {
        return Stream.of(
                // SGD(lr=0.1, weight_decay=0.01)
                Arguments.of(
                        new Sgd(0, false),
                        0.1,
                        0.01,
                        List.of(0.425429053002, -1.348657502561, 2.049994875135, 0.060499080830)),
                // SGD(lr=0.1, momentum=0.9, weight_decay=0.01)
                Arguments.of(
                        new Sgd(0.9, false),
                        0.1,
                        0.01,
                        List.of(0.484450636610, -1.431181193863, 2.064863683630, -0.282575680341)),
                // SGD(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)
                Arguments.of(
                        new Sgd(0.9, true),
                        0.1,
                        0.01,
                        List.of(0.411235938935, -1.511545586810, 2.108515795653, -0.165119114418)),
                // Adam(lr=0.01, weight_decay=0.01)
                Arguments.of(
                        Adam.byDefault(false),
                        0.01,
                        0.01,
                        List.of(0.498297262197, -1.256848751714, 1.990030933058, -0.046352860482)),
                // AdamW(lr=0.01, weight_decay=0.05)
                Arguments.of(
                        Adam.byDefault(true),
                        0.01,
                        0.05,
                        List.of(0.497662111698, -1.255027378146, 1.986496444651, -0.046263122679)),
                // RMSprop(lr=0.01, weight_decay=0.01)
                Arguments.of(
                        RmsProp.byDefault(0),
                        0.01,
                        0.01,
                        List.of(0.396592814403, -1.354811942497, 1.973242055571, -0.028262689747)),
                // RMSprop(lr=0.01, momentum=0.9, weight_decay=0.01)
                Arguments.of(
                        RmsProp.byDefault(0.9),
                        0.01,
                        0.01,
                        List.of(0.312365160656, -1.363593203643, 1.752559831860, -0.264375589878)));
    }

    private static void fill(MemorySegment segment, float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i] * factor);
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void movesAsPyTorchDoes(Rule rule, double rate, double decay, List<Double> expected) {
        try (Arena arena = Arena.ofConfined()) {
            Vectors vectors = vectors(arena);
            fill(vectors.values(), START, 1);
            for (int step = 0; step < GRADIENTS.length; step++) {
                fill(vectors.gradients(), GRADIENTS[step], 1);
                rule.update(vectors, 0, LINE, new Step(step + 1, rate, 1), decay);
            }
            for (int i = 0; i < START.length; i++) {
                assertThat((double) vectors.values().getAtIndex(ValueLayout.JAVA_FLOAT, i))
                        .isCloseTo(expected.get(i), within(5e-7));
            }
            assertThat(vectors.values().getAtIndex(ValueLayout.JAVA_FLOAT, START.length))
                    .as("gaps between tensors stay zero")
                    .isZero();
        }
    }

    /** A factor of a power of two is exact, so clipping by it has to give the bits of smaller gradients. */
    @ParameterizedTest
    @MethodSource("published")
    void shortensGradientsByTheFactor(Rule rule, double rate, double decay, List<Double> expected) {
        try (Arena arena = Arena.ofConfined()) {
            Vectors shortened = vectors(arena);
            Vectors small = vectors(arena);
            fill(shortened.values(), START, 1);
            fill(small.values(), START, 1);
            for (int step = 0; step < GRADIENTS.length; step++) {
                fill(shortened.gradients(), GRADIENTS[step], 1);
                fill(small.gradients(), GRADIENTS[step], 0.25f);
                rule.update(shortened, 0, LINE, new Step(step + 1, rate, 0.25f), decay);
                rule.update(small, 0, LINE, new Step(step + 1, rate, 1), decay);
            }
            assertThat(shortened.values().mismatch(small.values())).isEqualTo(-1);
        }
    }

    private static Vectors vectors(Arena arena) {
        return new Vectors(
                arena.allocate(LINE, LINE),
                arena.allocate(LINE, LINE),
                arena.allocate(LINE, LINE),
                arena.allocate(LINE, LINE));
    }

    @Test
    void remembersNoMoreThanItNeeds() {
        assertThat(new Sgd(0, false).memories()).isZero();
        assertThat(new Sgd(0.9, true).memories()).isOne();
        assertThat(Adam.byDefault(false).memories()).isEqualTo(2);
        assertThat(RmsProp.byDefault(0).memories()).isOne();
        assertThat(RmsProp.byDefault(0.9).memories()).isEqualTo(2);
        assertThatThrownBy(() -> new Sgd(0, true)).hasMessageContaining("momentum above 0");
    }
}
