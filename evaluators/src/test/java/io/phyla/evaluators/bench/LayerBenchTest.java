package io.phyla.evaluators.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That figures are taken in turns and have their spread; how large they are is nobody's promise. */
class LayerBenchTest {

    @Test
    void comparesInTurns() {
        LayerCost cost = LayerBench.measure(ReadyLayers.program("evonorm_s0"), new Shape(4, 4, 4), 4, 1);
        assertThat(cost.training().layer().n())
                .isEqualTo(cost.training().bnRelu().n())
                .isGreaterThanOrEqualTo(7);
        for (LayerCost.Comparison each : List.of(cost.training(), cost.inference(), cost.folded())) {
            assertThat(each.layer().low()).isLessThanOrEqualTo(each.layer().median());
            assertThat(each.layer().high()).isGreaterThanOrEqualTo(each.layer().median());
            assertThat(each.ratio())
                    .isEqualTo(each.layer().median() / each.bnRelu().median());
        }
        assertThat(cost.trainingBytes()).isPositive();
        assertThat(cost.baselineBytes()).isPositive();
    }

    @Test
    void refusesTensorsThatTakeTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerBench.measure(ReadyLayers.program("swish"), new Shape(64, 256, 256), 1, 1))
                .withMessageContaining("more than 2097152");
    }
}
