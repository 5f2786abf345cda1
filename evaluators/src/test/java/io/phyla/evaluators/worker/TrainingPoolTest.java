package io.phyla.evaluators.worker;

import static io.phyla.evaluators.worker.Tasks.HARMLESS;
import static io.phyla.evaluators.worker.Tasks.pause;
import static io.phyla.evaluators.worker.Tasks.submit;
import static io.phyla.evaluators.worker.TrainingTasks.task;
import static io.phyla.evaluators.worker.TrainingTasks.train;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.TrainingTasks.Heard;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingLimits;
import io.phyla.search.training.TrainingPool.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in worker processes: whatever befalls a worker, curve and weights come out as if nothing had. */
@Timeout(180)
class TrainingPoolTest {

    private static final int STEPS = 60;
    private static final int EACH = 3;

    @TempDir
    private static Path directory;

    @TempDir
    private static Path other;

    private static ProcessPool pool;

    /** The same training left alone, in this process. */
    private static Heard alone;

    @BeforeAll
    static void start() throws Exception {
        String classPath = System.getProperty("java.class.path");
        pool = new ProcessPool(new PoolOptions(1, directory, classPath, List.of(), 512L << 20), Duration.ofMillis(300));
        try (InlinePool inline = new InlinePool(1, new FileArtifacts(other))) {
            alone = train(inline.trainings(), task("alone", STEPS, EACH));
            assertThat(alone.end()).isInstanceOf(Report.Trained.class);
        }
        assertThat(alone.curve).hasSize(STEPS / EACH);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private static void assertAsIfAlone(Heard heard) throws Exception {
        assertThat(heard.end()).isEqualTo(alone.end());
        assertThat(heard.curve).isEqualTo(alone.curve);
    }

    @Test
    void aWorkerTrainsAsThisProcessDoes() throws Exception {
        Heard heard = train(pool.trainings(), task("worker", STEPS, EACH));
        assertAsIfAlone(heard);
        Report.Trained trained = (Report.Trained) heard.end();
        assertThat(directory.resolve(trained.weights())).isRegularFile();
        pool.trainings().forget("worker");
        assertThat(directory.resolve("checkpoints").resolve("worker")).doesNotExist();
    }

    @Test
    void aKilledWorkersTrainingGoesOnFromItsCheckpoint() throws Exception {
        Heard heard = train(pool.trainings(), task("killed", STEPS, EACH));
        for (int points : List.of(5, 12)) {
            heard.awaitPoints(points);
            ProcessHandle.of(pool.pids().getFirst()).orElseThrow().destroyForcibly();
            Thread.sleep(50);
        }
        assertAsIfAlone(heard);
        assertThat(heard.started()).isEqualTo(3);
        assertThat(heard.reports)
                .anySatisfy(report -> assertThat(report)
                        .isInstanceOfSatisfying(
                                Report.Waits.class,
                                waits -> assertThat(waits.why())
                                        .contains("killed by signal 9")
                                        .contains("last checkpoint")));
    }

    @Test
    void aStoppedTrainingGoesOnWhereItWas() throws Exception {
        Heard first = train(pool.trainings(), task("stopped", STEPS, EACH));
        first.awaitPoints(3);
        pool.trainings().stop("stopped");
        assertThat(first.end()).isEqualTo(new Report.Stopped());
        assertThat(first.curve).hasSizeLessThan(STEPS / EACH);

        assertAsIfAlone(train(pool.trainings(), task("stopped", STEPS, EACH)));
    }

    /** Without a checkpoint in between, three lost workers are the end. */
    @Test
    void whatKillsItsWorkerThreeTimesFailsWithTheCause() throws Exception {
        TrainingLimits seldom = new TrainingLimits(1L << 30, 60, 3600, 600);
        Heard heard = train(pool.trainings(), task("deadly", 1_000_000, 1, seldom));
        for (int attempt = 1; attempt <= 3; attempt++) {
            while (heard.started() < attempt) {
                Thread.sleep(5);
            }
            ProcessHandle.of(pool.pids().getFirst()).orElseThrow().destroyForcibly();
        }
        Report.Failed failed = (Report.Failed) heard.end();
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.WORKER_DIED);
        assertThat(failed.cause().detail()).contains("3 attempts", "signal 9");
        assertThat(submit(pool, pause("others", 0), HARMLESS).get(60, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Measured.class);
    }

    @Test
    void whatNeedsMoreMemoryThanItMayHaveIsRefusedByLayer() throws Exception {
        Heard heard = train(pool.trainings(), task("large", STEPS, EACH, new TrainingLimits(1 << 16, 60, 0, 600)));
        Report.Failed failed = (Report.Failed) heard.end();
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TOO_LARGE);
        assertThat(failed.cause().detail()).contains("layer '");
    }

    /** The only worker changes hands: an evaluation does not wait for the end of a training. */
    @Test
    void evaluationsHaveTheirTurn() throws Exception {
        Heard heard = train(pool.trainings(), task("endless", 10_000_000, 50));
        heard.awaitPoints(1);
        CompletableFuture<Outcome> outcome = submit(pool, pause("turn", 0), HARMLESS);
        assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Measured.class);
        assertThat(heard.last).isNotDone();
        int before = heard.curve.size();
        heard.awaitPoints(before + 1);
        pool.trainings().stop("endless");
        assertThat(heard.end()).isEqualTo(new Report.Stopped());
        pool.trainings().forget("endless");
        assertThat(Files.exists(directory.resolve("checkpoints").resolve("endless")))
                .isFalse();
    }

    /** Everything is killed between a checkpoint and the journal: the points before it are told again. */
    @Test
    void theCurveBesideTheCheckpointHasNoHole() throws Exception {
        Path file = directory.resolve("curve");
        List<CurvePoint> points = List.copyOf(alone.curve.values());
        try (CurveFile curve = new CurveFile(file)) {
            curve.add(points.get(0));
            curve.add(points.get(1));
        }
        Files.writeString(file, Files.readString(file) + "{\"step\":12,\"st");
        try (CurveFile curve = new CurveFile(file)) {
            assertThat(curve.points()).isEqualTo(points.subList(0, 2));
            curve.add(points.get(1));
            curve.add(points.get(2));
        }
        try (CurveFile curve = new CurveFile(file)) {
            assertThat(curve.points()).isEqualTo(points.subList(0, 3));
        }
        Files.writeString(file, Files.readString(file) + "\0\0\0\0\n\0\0\n");
        try (CurveFile curve = new CurveFile(file)) {
            assertThat(curve.points()).isEqualTo(points.subList(0, 3));
            curve.add(points.get(3));
        }
        try (CurveFile curve = new CurveFile(file)) {
            assertThat(curve.points()).isEqualTo(points.subList(0, 4));
        }
    }
}
