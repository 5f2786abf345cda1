package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.training.Networks;
import io.phyla.evaluators.training.Teacher;
import io.phyla.evaluators.training.TeacherFiles;
import io.phyla.evaluators.training.Trainer;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.search.document.Parameters;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory of trainings, counted in bytes of the pool: steps take none, and who closes gives all of it back. */
class TrainingMemoryTest {

    private static final long BOUND = 1L << 28;

    @TempDir
    Path directory;

    /** Everything that takes memory: two memories of the optimiser, averages, recalibration, streams of three kinds. */
    private static TrainingParameters parameters(int batch) throws IOException {
        return parameters(batch, 400);
    }

    private static TrainingParameters parameters(int batch, int steps) throws IOException {
        String json = """
            {"steps": %d, "curve_steps": 100, "recipe": {"batch": %d, "optimizer": "adamw", "learning_rate": 0.001,
             "clip_norm": 1, "ema": 0.9, "recalibration_batches": 2, "augmentation": {"crop": 2, "mixup": 0.2}}}\
            """.formatted(steps, batch);
        return Parameters.read(Json.MAPPER.readTree(json), TrainingParameters.class);
    }

    private static long taken() {
        return MemoryPool.SHARED.takenBytes();
    }

    private static long all() {
        return taken() + MemoryPool.SHARED.idleBytes();
    }

    @Test
    void thousandsOfStepsAndValidationsTakeNoneThatStaysWithThem() throws IOException {
        long before = taken();
        try (Trainer trainer = Trainer.open(Networks.dropping(12), parameters(8, 5000), Glyphs.instance(), BOUND)) {
            trainer.advance();
            long running = taken();
            assertThat(running).isGreaterThan(before);
            List<Long> later = new ArrayList<>();
            while (!trainer.done()) {
                trainer.advance();
                later.add(taken());
            }
            assertThat(later).containsOnly(running).hasSizeGreaterThan(48);
            long full = all();
            trainer.exportWeights(directory.resolve("weights"));
            assertThat(all()).isEqualTo(full);
        }
        assertThat(taken()).isEqualTo(before);
    }

    /** What is closed, refused, or fails over a teacher's file gives all of it back. */
    @Test
    void soDoTrainingsWithATeacher() throws IOException {
        TeacherFiles files = TeacherFiles.in(directory).add("teacher", Networks.small(12), 1);
        TrainingParameters parameters = Parameters.read(Json.MAPPER.readTree("""
            {"steps": 4, "recipe": {"batch": 8, "ema": 0.9, "recalibration_batches": 2},
             "teacher": {"network": "teacher", "weights": "teacher-weights"}}\
            """), TrainingParameters.class);
        Teacher teacher = files.open(parameters);
        long before = taken();
        try (Trainer trainer = Trainer.open(Networks.small(12), parameters, Glyphs.instance(), teacher, BOUND)) {
            assertThat(trainer.advance().step()).isEqualTo(4);
        }
        assertThat(taken()).isEqualTo(before);
        long teachers;
        try (Plan plan = Plan.compileForInference(Networks.small(12), 8, BOUND)) {
            teachers = plan.bytes();
        }
        long streams = 2 * BatchStream.bytes(8, Networks.small(12).input());
        for (long bytes : new long[] {1000, streams + 2 * teachers}) {
            assertThatThrownBy(() -> Trainer.open(Networks.small(12), parameters, Glyphs.instance(), teacher, bytes))
                    .isInstanceOf(MemoryLimitException.class);
            assertThat(taken()).isEqualTo(before);
        }
        files.file("teacher-weights", directory.resolve("teacher"));
        Teacher damaged = files.open(parameters);
        assertThatThrownBy(() -> Trainer.open(Networks.small(12), parameters, Glyphs.instance(), damaged, BOUND))
                .isInstanceOf(InvalidDataException.class);
        assertThat(taken()).isEqualTo(before);
    }

    /** The first round of three networks fills the pool; whatever a later one needs lies there. */
    @Test
    void trainingsThatCameAndWentLeaveNothingBehind() throws IOException {
        long before = taken();
        List<Long> rounds = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            for (Network network : List.of(Networks.dropping(12), Networks.small(12), Networks.glyphs())) {
                try (Trainer trainer = Trainer.open(network, parameters(4), Glyphs.instance(), BOUND)) {
                    assertThat(trainer.done()).isFalse();
                    trainer.advance();
                }
                assertThat(taken()).isEqualTo(before);
            }
            rounds.add(all());
        }
        assertThat(rounds.subList(2, rounds.size())).containsOnly(rounds.get(1));
    }

    @Test
    void whatIsRefusedTakesNothing() throws IOException {
        TrainingParameters parameters = parameters(8);
        long before = taken();
        for (long bytes : new long[] {1, 10_000, 100_000}) {
            assertThatThrownBy(() -> Trainer.open(Networks.small(12), parameters, Glyphs.instance(), bytes))
                    .isInstanceOf(MemoryLimitException.class);
            assertThat(taken()).isEqualTo(before);
        }
    }
}
