package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.search.document.Parameters;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final long BYTES = 1L << 28;
    private static final Network NETWORK = Networks.small(12);

    /** Forty steps an epoch at batch 20. */
    private static final FewGlyphs FEW = new FewGlyphs(800, 90);

    /** All that changes between steps: both state vectors, averages, statistics, augmentation with mixup. */
    private static final String EVERYTHING = """
        {"steps": 60, "curve_steps": 7, "recipe": {"batch": 20, "optimizer": "adam", "learning_rate": 0.01,
         "warm_up_steps": 5, "label_smoothing": 0.1, "clip_norm": 1, "ema": 0.9, "recalibration_batches": 2,
         "augmentation": {"crop": 2, "flip": true, "cutout": 4, "mixup": 0.4}}}\
        """;

    @TempDir
    Path directory;

    private static TrainingParameters parameters(String json) throws IOException {
        return Parameters.read(Json.MAPPER.readTree(json), TrainingParameters.class);
    }

    private static Trainer open(TrainingParameters parameters) {
        return Trainer.open(NETWORK, parameters, FEW, BYTES);
    }

    private static List<CurvePoint> train(Trainer trainer) {
        List<CurvePoint> curve = new ArrayList<>();
        while (!trainer.done()) {
            curve.add(trainer.advance());
        }
        return curve;
    }

    private Path weights(Trainer trainer, String name) throws IOException {
        Path file = directory.resolve(name);
        trainer.exportWeights(file);
        return file;
    }

    @Test
    void learnsGlyphs() throws IOException {
        TrainingParameters parameters = parameters("""
            {"epochs": 3, "curve_steps": 100, "recipe": {"batch": 40, "optimizer": "adamw", "learning_rate": 0.004,
             "warm_up_steps": 100}}\
            """);
        try (Trainer trainer = Trainer.open(Networks.glyphs(), parameters, Glyphs.instance(), BYTES)) {
            List<CurvePoint> curve = train(trainer);
            assertThat(curve).extracting(CurvePoint::step).containsExactly(100L, 200L, 300L, 400L, 500L, 600L);
            assertThat(curve).extracting(CurvePoint::epoch).containsExactly(0.5, 1.0, 1.5, 2.0, 2.5, 3.0);
            assertThat(curve.get(0).validationLoss()).isNull();
            assertThat(curve.get(1).validationLoss()).isPositive();
            assertThat(curve.getLast().trainingLoss())
                    .isLessThan(curve.getFirst().trainingLoss());
            // A twelfth by chance.
            assertThat(curve.getLast().validationAccuracy()).isGreaterThan(0.3);
            assertThat(curve.getLast().validationLoss()).isLessThan(2.1);
        }
    }

    @Test
    void comesToTheSameBitsAgain() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        try (Trainer once = open(parameters);
                Trainer again = open(parameters)) {
            assertThat(train(once)).isEqualTo(train(again));
            assertThat(weights(once, "once")).hasSameBinaryContentAs(weights(again, "again"));
        }
        ObjectNode other = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        try (Trainer different = open(parameters(other.put("seed", 2).toString()))) {
            train(different);
            assertThat(Files.mismatch(directory.resolve("once"), weights(different, "different")))
                    .isNotEqualTo(-1);
        }
    }

    /** Points 1, 5, 6 and 8 are at steps 7, 35, 40 (an epoch's end) and 49; those in between are in the middle of an epoch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 8})
    void goesOnWhereItWas(int points) throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Path checkpoint = directory.resolve("checkpoint");
        List<CurvePoint> expected;
        try (Trainer straight = open(parameters)) {
            expected = train(straight);
            weights(straight, "straight");
        }
        List<CurvePoint> curve = new ArrayList<>();
        try (Trainer first = open(parameters)) {
            for (int i = 0; i < points; i++) {
                curve.add(first.advance());
            }
            first.save(checkpoint);
            first.advance();
        }
        try (Trainer second = open(parameters)) {
            second.advance();
            second.resume(checkpoint);
            curve.addAll(train(second));
            assertThat(curve).isEqualTo(expected);
            assertThat(weights(second, "resumed")).hasSameBinaryContentAs(directory.resolve("straight"));
        }
    }

    @Test
    void saysWhatDiffersFromTheCheckpoint() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Path checkpoint = directory.resolve("checkpoint");
        try (Trainer trainer = open(parameters)) {
            trainer.advance();
            trainer.save(checkpoint);
        }
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        json.withObject("/recipe").put("learning_rate", 0.02).put("optimizer", "adamw");
        try (Trainer other = Trainer.open(NETWORK, parameters, new FewGlyphs(800, 91), BYTES)) {
            assertThatThrownBy(() -> other.resume(checkpoint)).hasMessageContaining("data_sha256 was");
        }
        try (Trainer other = open(parameters(json.toString()))) {
            assertThatThrownBy(() -> other.resume(checkpoint))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("parameters recipe learning_rate was 0.01 and is 0.02")
                    .hasMessageContaining("parameters recipe optimizer was \"adam\" and is \"adamw\"");
            assertThat(other.advance().step()).isEqualTo(7);
        }
    }

    @Test
    void refusesWhatIsNoWholeCheckpoint() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Path checkpoint = directory.resolve("checkpoint");
        try (Trainer trainer = open(parameters)) {
            trainer.advance();
            trainer.save(checkpoint);
            byte[] whole = Files.readAllBytes(checkpoint);
            byte[] damaged = whole.clone();
            damaged[whole.length / 2] ^= 1;
            Files.write(checkpoint, damaged);
            assertThatThrownBy(() -> trainer.resume(checkpoint)).hasMessageContaining("checksum");
            Files.write(checkpoint, Arrays.copyOf(whole, whole.length - 100));
            assertThatThrownBy(() -> trainer.resume(checkpoint)).hasMessageContaining("bytes of state");
            Files.writeString(checkpoint, "not at all a checkpoint of anything");
            assertThatThrownBy(() -> trainer.resume(checkpoint)).hasMessageContaining("is no checkpoint");
            assertThat(directory).isDirectoryNotContaining("glob:**.part");
        }
    }

    @Test
    void validatesTheAveragedWeightsAndTrainsOnWithItsOwn() throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        json.withObject("/recipe").put("ema", 0).put("recalibration_batches", 0);
        try (Trainer averaged = open(parameters(EVERYTHING));
                Trainer plain = open(parameters(json.toString()))) {
            List<CurvePoint> first = train(averaged);
            List<CurvePoint> second = train(plain);
            for (int i = 0; i < first.size(); i++) {
                assertThat(first.get(i).trainingLoss()).isEqualTo(second.get(i).trainingLoss());
            }
            assertThat(first.getLast().validationLoss())
                    .isNotEqualTo(second.getLast().validationLoss());
        }
    }

    @Test
    void stopsWhereNumbersBecomeInfinite() throws IOException {
        try (Trainer trainer = open(parameters("""
            {"steps": 200, "recipe": {"learning_rate": 100, "momentum": 0.99, "weight_decay": 10}}\
            """))) {
            assertThatThrownBy(() -> train(trainer))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("learning rate")
                    .hasMessageContaining("at step");
        }
    }

    /** No further step sees what the last one did. */
    @Test
    void doesNotFinishWithInfiniteWeights() throws IOException {
        String json = """
            {"steps": %d, "curve_steps": 1, "recipe": {"learning_rate": 100, "momentum": 0.99, "weight_decay": 10,
             "schedule": "constant"}}\
            """;
        long done = 0;
        try (Trainer trainer = open(parameters(json.formatted(200)))) {
            while (done < 200) {
                done = trainer.advance().step();
            }
        } catch (DivergedException e) {
            assertThat(e).hasMessageContaining("at step " + (done + 1));
        }
        try (Trainer trainer = open(parameters(json.formatted(done)))) {
            assertThatThrownBy(() -> train(trainer)).isInstanceOf(DivergedException.class);
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        TrainingParameters parameters = parameters("{}");
        assertThatThrownBy(() -> Trainer.open(Networks.small(10), parameters, FEW, BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("10 classes")
                .hasMessageContaining("has 12");
        assertThatThrownBy(() -> Trainer.open(NETWORK, parameters, FEW, 100_000))
                .isInstanceOf(MemoryLimitException.class);
        assertThatThrownBy(() -> parameters("""
            {"recipe": {"optimizer": "adam", "nesterov": true}}\
            """)).hasMessageContaining("nesterov belongs to the" + " optimizer sgd");
    }

    @Test
    void knowsWhereEpochsEnd() {
        Epochs epochs = new Epochs(100, 30);
        assertThat(epochs.end(1)).isEqualTo(4);
        assertThat(epochs.end(3)).isEqualTo(10);
        assertThat(List.of(0L, 3L, 4L, 6L, 7L, 9L)).map(epochs::nextEnd).containsExactly(4L, 4L, 7L, 7L, 10L, 10L);
        assertThat(List.of(3L, 4L, 5L, 7L, 10L)).map(epochs::endsAt).containsExactly(false, true, false, true, true);
        assertThat(epochs.at(5)).isCloseTo(1.5, within(1e-12));
    }
}
