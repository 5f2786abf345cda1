package io.phyla.evaluators.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.data.Gratings;
import io.phyla.evaluators.training.DivergedException;
import io.phyla.search.document.Parameters;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers come to at learning rate 0.1 in a residual block of eight channels; guessing comes to an eighth. */
class AnchorTrainingTest {

    private static final String PARAMETERS = """
        {"data": "gratings", "steps": 250, "anchors": [{"network": "residual", "resolution": 8}],
         "recipe": {"batch": 32, "learning_rate": 0.1, "nesterov": true, "weight_decay": 0.0001, "first_weights": "wide"}}\
        """;
    private static final int GROUP = 4;

    private static double accuracy(LayerProgram layer) {
        AnchorParameters parameters;
        try {
            parameters = Parameters.read(Json.MAPPER.readTree(PARAMETERS), AnchorParameters.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        Station station =
                Station.of(parameters.anchors(), Gratings.instance().classes()).getFirst();
        try (AnchorTraining training =
                new AnchorTraining(station, layer, parameters, Gratings.instance(), 1, 1L << 28)) {
            training.afterFirstSteps();
            return training.afterAllSteps();
        }
    }

    private static double accuracy(String layer) {
        return accuracy(ReadyLayers.program(layer, GROUP, LayerProgram.EPSILON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bn_relu",
                "gn_relu",
                "ln_relu",
                "bn_swish",
                "evonorm_b0",
                "evonorm_b1",
                "evonorm_b2",
                "evonorm_s0",
                "evonorm_s1",
                "evonorm_s2"
            })
    void whatNormalisesLearns(String layer) {
        assertThat(accuracy(layer)).isGreaterThan(0.8);
    }

    /** Each map's mean, which the classifier sees, is then the same for all images. */
    @Test
    void instanceNormalisationLosesWhatAMeanSees() {
        assertThat(accuracy("in_relu")).isLessThan(0.2);
    }

    @Test
    void whatIsLinearOrUnboundedDoesNot() {
        LayerProgram identity = new LayerProgram(List.of(), List.of(), LayerProgram.X, true, 0, LayerProgram.EPSILON);
        assertThat(accuracy(identity)).isLessThan(0.3);
        LayerProgram exp =
                new LayerProgram(List.of(), List.of(Node.of(Operation.EXP, 0)), 2, true, 0, LayerProgram.EPSILON);
        assertThatThrownBy(() -> accuracy(exp)).isInstanceOf(DivergedException.class);
    }
}
