package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.data.Dataset.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GratingsTest {

    private static final Gratings GRATINGS = Gratings.instance();

    @Test
    void areTheSameBytesEverywhere() {
        assertThat(GRATINGS.sha256()).isEqualTo("8d50a6312d1937bd62d2d9b69098fbf19104bbce8a7e6d52c7aa849381450cb6");
    }

    @Test
    void keepTheContract() {
        DatasetContract.check(GRATINGS);
        assertThat(GRATINGS.moments()).isEqualTo(Moments.of(GRATINGS));
    }

    @Test
    void haveTheirNameBesideGlyphs(@TempDir Path directory) {
        FileArtifacts artifacts = new FileArtifacts(directory);
        assertThat(Datasets.names(artifacts)).containsExactly("glyphs", "gratings");
        assertThat(Datasets.open("gratings", artifacts)).isSameAs(GRATINGS);
        assertThat(Datasets.pinned("gratings", artifacts)).isEqualTo("gratings");
        assertThat(Datasets.form("gratings", artifacts)).isEqualTo(new Datasets.Form(8, 3, 16, 8000));
    }

    /** A network of four convolutions reaches four fifths; chance is an eighth. */
    @Test
    void aLinearModelLearnsLittleOfThem() {
        Batches batches = new Batches(GRATINGS);
        LinearModel model = new LinearModel(GRATINGS.classes(), 768);
        model.train(batches.range(Split.TRAIN, 0, 4000), 6, 2e-4);
        assertThat(model.accuracy(batches.range(Split.TEST, 0, 2000))).isBetween(0.10, 0.30);
    }
}
