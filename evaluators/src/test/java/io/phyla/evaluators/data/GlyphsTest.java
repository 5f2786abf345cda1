package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.data.Dataset.Split;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    private static final Glyphs GLYPHS = Glyphs.instance();

    @Test
    void areTheSameBytesEverywhere() {
        assertThat(GLYPHS.sha256()).isEqualTo("5422bd2ac0202eb9e8c99c4f0807866248bfc60a64b3264e1e950bfd4c97d1e1");
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

    /** Half of what a small ResNet reaches is above 30 %; chance is 8 %. */
    @Test
    void aLinearModelLearnsLittleOfThem() {
        Batches batches = new Batches(GLYPHS);
        LinearModel model = new LinearModel(GLYPHS.classes(), 3072);
        model.train(batches.range(Split.TRAIN, 0, 4000), 6, 2e-4);
        double accuracy = model.accuracy(batches.range(Split.TEST, 0, 2000));
        assertThat(accuracy).isBetween(0.08, 0.30);
    }
}
