package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rectifiers that keep passing what they passed, by hand; whole networks in {@link PlanReferenceTest}. */
class FrozenRectifiersTest {

    /** y = relu(w x) of one weight on images -1, 0, 2 and 3. */
    private static Network rectified() {
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 4));
        int product = builder.add("product", Layer.Convolution.of(1, 1, 1, 0), 0);
        builder.add("relu", Layer.Activation.RELU, product);
        return builder.build();
    }

    @Test
    void whatPassedPassesWithAnySign() {
        for (Execution execution :
                List.of(Plan.compile(rectified(), 1, 1L << 20), new ReferenceExecution(rectified(), 1))) {
            try (execution) {
                Parameter weight = execution.parameters().getFirst();
                execution.input(new float[] {-1, 0, 2, 3});
                execution.load(weight, new double[] {1});
                execution.forward(Mode.TRAINING);
                assertThat(execution.output()).containsExactly(0, 0, 2, 3);
                for (double factor : new double[] {-2, 0, 0.5}) {
                    execution.load(weight, new double[] {factor});
                    execution.forward(Mode.FROZEN);
                    double[] expected = {0, 0, 2 * factor, 3 * factor};
                    for (int i = 0; i < 4; i++) {
                        assertThat(execution.output()[i]).isCloseTo(expected[i], within(1e-30));
                    }
                    execution.backward(new double[] {1, 10, 100, 1000}, true);
                    assertThat(execution.gradient(weight)).containsExactly(3200);
                    assertThat(execution.inputGradient()).containsExactly(0, 0, 100 * factor, 1000 * factor);
                }
                execution.load(weight, new double[] {-2});
                execution.forward(Mode.TRAINING);
                assertThat(execution.output()).containsExactly(2, 0, 0, 0);
            }
        }
    }

    @Test
    void aRunThatDecidesComesFirst() {
        try (Plan plan = Plan.compile(rectified(), 1, 1L << 20)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.forward(Mode.FROZEN))
                    .withMessageContaining("TRAINING");
            plan.forward(Mode.TRAINING);
            plan.forward(Mode.FROZEN);
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.signs(2, (_, _, _) -> {}))
                    .withMessageContaining("FROZEN");
            plan.forward(Mode.INFERENCE);
            assertThatIllegalStateException().isThrownBy(() -> plan.forward(Mode.FROZEN));
        }
    }
}
