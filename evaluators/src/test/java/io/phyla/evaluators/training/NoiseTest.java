package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.search.document.Parameters;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dropout draws in a training: something new in every step, and the same again whoever trains it. */
class NoiseTest {

    private static final long BYTES = 1L << 28;
    private static final Network NETWORK = Networks.dropping(12);
    private static final FewGlyphs FEW = new FewGlyphs(200, 40);
    private static final int STEPS = 24;

    @TempDir
    Path directory;

    private static TrainingParameters parameters(String recipe) throws IOException {
        String json = "{\"steps\": " + STEPS + ", \"curve_steps\": 5, \"recipe\": {\"batch\": 20, " + recipe + "}}";
        return Parameters.read(Json.MAPPER.readTree(json), TrainingParameters.class);
    }

    /** Without a learning rate worth the name the same images differ by their masks alone. */
    @Test
    void everyStepDropsOtherElements() throws IOException {
        Recipe recipe = parameters("\"learning_rate\": 1e-9, \"momentum\": 0").recipe();
        List<Double> losses = new ArrayList<>();
        try (Learner learner = new Learner(NETWORK, recipe, FEW, null, STEPS, 1, BYTES);
                BatchStream stream = BatchStream.training(FEW, 20, 16, Augmentation.NONE, 1, 0)) {
            ImageBatch batch = Waiting.next(stream).orElseThrow();
            for (long step : new long[] {0, 1, 2, 1, 0}) {
                learner.plan().imagesSegment().copyFrom(batch.images());
                learner.step(step, Targets.of(batch));
                losses.add(Math.rint(learner.loss().loss() * 1e6));
            }
        }
        assertThat(losses.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(losses.subList(3, 5)).containsExactly(losses.get(1), losses.get(0));
    }

    @Test
    void noSeedsMeet() {
        Noise noise = new Noise(7);
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            seeds.add(noise.step(i));
            seeds.add(noise.recalibration(i + 1));
            seeds.add(new Noise(8).step(i));
        }
        assertThat(seeds).doesNotHaveDuplicates();
    }

    /** After the last step as well: a recalibration draws, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aResumedTrainingDrawsWhatTheOtherDrew(int points) throws IOException {
        TrainingParameters parameters = parameters("\"ema\": 0.9, \"recalibration_batches\": 3");
        Path checkpoint = directory.resolve("checkpoint");
        List<CurvePoint> expected = new ArrayList<>();
        try (Trainer straight = Trainer.open(NETWORK, parameters, FEW, BYTES)) {
            while (!straight.done()) {
                expected.add(straight.advance());
                if (expected.size() == points) {
                    straight.save(checkpoint);
                }
            }
            straight.exportWeights(directory.resolve("straight"));
        }
        assertThat(expected).hasSize(5);
        List<CurvePoint> curve = new ArrayList<>(expected.subList(0, points));
        try (Trainer resumed = Trainer.open(NETWORK, parameters, FEW, BYTES)) {
            resumed.resume(checkpoint);
            while (!resumed.done()) {
                curve.add(resumed.advance());
            }
            resumed.exportWeights(directory.resolve("resumed"));
        }
        assertThat(curve).isEqualTo(expected);
        assertThat(directory.resolve("resumed")).hasSameBinaryContentAs(directory.resolve("straight"));
    }
}
