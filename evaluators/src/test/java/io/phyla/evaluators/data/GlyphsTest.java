package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.training.Trainer;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.search.document.Parameters;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.ResNet;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    private static final Glyphs GLYPHS = Glyphs.instance();

    @Test
    void areTheSameBytesEverywhere() {
        assertThat(GLYPHS.sha256()).isEqualTo("e44f4e992db677a9f9b2136754fd780cc95728f474dd26643fde6b66b4dcc50c");
    }

    @Test
    void haveEveryClassAboutEquallyOften() {
        byte[] image = new byte[3072];
        for (Split split : Split.values()) {
            int[] counts = new int[GLYPHS.classes()];
            for (int i = 0; i < GLYPHS.count(split); i++) {
                counts[GLYPHS.read(split, i, image, 0)]++;
            }
            double expected = (double) GLYPHS.count(split) / GLYPHS.classes();
            for (int count : counts) {
                assertThat((double) count).isBetween(0.7 * expected, 1.3 * expected);
            }
        }
    }

    @Test
    void areNormalisedByWhatTheyHave() {
        assertThat(GLYPHS.moments()).isEqualTo(Moments.of(GLYPHS));
    }

    /** Half of what a small ResNet reaches is above 30 %; chance is 8 %. */
    @Test
    void aLinearModelLearnsLittleOfThem() {
        assertThat(linearAccuracy()).isBetween(0.08, 0.30);
    }

    /** Neither trivial nor linear. */
    @Test
    @Tag("slow")
    void aSmallResNetLearnsThem() throws IOException {
        TrainingParameters parameters = Parameters.read(
                Json.MAPPER.readTree("{\"epochs\": 10, \"recipe\": {\"batch\": 80}}"), TrainingParameters.class);
        try (Trainer trainer = Trainer.open(ResNet.ofDepth(8, GLYPHS.classes()), parameters, GLYPHS, 1L << 30)) {
            CurvePoint point = trainer.advance();
            while (!trainer.done()) {
                point = trainer.advance();
            }
            assertThat(point.validationAccuracy()).isBetween(0.6, 0.9);
            assertThat(linearAccuracy()).isLessThan(point.validationAccuracy() / 2);
        }
    }

    private static double linearAccuracy() {
        Batches batches = new Batches(GLYPHS);
        LinearModel model = new LinearModel(GLYPHS.classes(), 3072);
        model.train(batches.range(Split.TRAIN, 0, 4000), 6, 2e-4);
        return model.accuracy(batches.range(Split.TEST, 0, 2000));
    }
}
