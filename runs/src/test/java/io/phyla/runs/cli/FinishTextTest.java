package io.phyla.runs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.schema.Json;
import org.junit.jupiter.api.Test;

class FinishTextTest {

    private static final String FINISH = """
        {"metrics": [{"metric": "accuracy"}, {"metric": "loss"}],
         "subjects": [
           {"name": "candidate 12", "failures": [],
            "metrics": {"accuracy": {"n": 4, "mean": 61.2345, "standard_error": 0.5}, "loss": {"n": 1, "mean": 2, "standard_error": null}}},
           {"name": "bn_relu", "metrics": {"accuracy": {"n": 3, "mean": 60, "standard_error": 0.25}},
            "failures": [{"repetition": 3, "kind": "unstable", "detail": "grew at step 7"}]}],
         "differences": [
           {"candidate": 12, "yardstick": "bn_relu", "metric": "accuracy", "difference": 1.2345, "standard_error": 0.5},
           {"candidate": 12, "yardstick": "bn_relu", "metric": "loss", "difference": -0.5, "standard_error": null}]}
        """;

    @Test
    void aTableThenDifferencesThenWhatFailed() throws Exception {
        assertThat(FinishText.lines(Json.MAPPER.readTree(FINISH)))
                .containsExactly(
                        "the best again  accuracy                loss",
                        "candidate 12    61.23 ± 0.5000 (n = 4)  2.000 ± ? (n = 1)",
                        "bn_relu         60.00 ± 0.2500 (n = 3)  none",
                        "candidate 12 less bn_relu: accuracy +1.234, 2.5 standard errors",
                        "candidate 12 less bn_relu: loss -0.5000",
                        "bn_relu, repetition 3: grew at step 7");
        assertThat(FinishText.lines(Json.MAPPER.createObjectNode())).isEmpty();
    }
}
