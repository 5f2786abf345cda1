package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.document.Parameters;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.Zoo;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that layers are judged in are trained in a second or a few: enough to learn some glyphs by heart. */
class MiniaturesTest {

    private static final FewGlyphs FEW = new FewGlyphs(32, 16);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "miniature_plain",
                "miniature_residual",
                "miniature_resnet",
                "miniature_mobilenet",
                "miniature_efficientnet"
            })
    void learnGlyphsByHeart(String name) throws IOException {
        TrainingParameters parameters = Parameters.read(
                Json.MAPPER.readTree("{\"steps\": 100, \"recipe\": {\"batch\": 16, \"learning_rate\": 0.02}}"),
                TrainingParameters.class);
        try (Trainer trainer = Trainer.open(Zoo.network(name, null), parameters, FEW, 1L << 28)) {
            double accuracy = 0;
            while (!trainer.done()) {
                accuracy = trainer.advance().trainingAccuracy();
            }
            // One of twelve by chance.
            assertThat(accuracy).isGreaterThan(0.3);
        }
    }
}
