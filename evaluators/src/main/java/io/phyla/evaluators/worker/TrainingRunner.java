package io.phyla.evaluators.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.training.CheckpointException;
import io.phyla.evaluators.training.DivergedException;
import io.phyla.evaluators.training.Teacher;
import io.phyla.evaluators.training.TeacherParameters;
import io.phyla.evaluators.training.Trainer;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.Parameters;
import io.phyla.search.port.Artifacts;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingPool.Task;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network from its checkpoint, or its beginning, to its end or until it is to stop. The clock decides when
 * checkpoints are taken, and nothing else.
 */
final class TrainingRunner {

    /** Names in a training's directory. */
    static final String WEIGHTS = "weights.safetensors";

    private static final String CHECKPOINT = "checkpoint";
    private static final String CURVE = "curve";
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRunner.class);

    private final Artifacts artifacts;

    TrainingRunner(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** How a stay ended. */
    sealed interface End {

        /** The weights are in the training's directory. */
        record Trained() implements End {}

        /** It left a checkpoint as it was asked to. */
        record Stopped() implements End {}

        /** It cannot go on, here or anywhere. */
        record NotTrained(Cause cause) implements End {}
    }

    /** Is told what happens. */
    interface Listener {

        /** Network and data are there. */
        void started();

        void point(CurvePoint point);

        /** There is a new checkpoint. */
        void saved();
    }

    /** @param stop asked between two points */
    End run(Task task, Path directory, BooleanSupplier stop, Listener listener) {
        try {
            return train(task, Files.createDirectories(directory), stop, listener);
        } catch (MemoryLimitException e) {
            return failed(Cause.Kind.TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return failed(Cause.Kind.TOO_LARGE, "not enough memory: " + e.getMessage());
        } catch (DivergedException e) {
            return failed(Cause.Kind.NON_FINITE, String.valueOf(e.getMessage()));
        } catch (InvalidDataException | CheckpointException | IllegalArgumentException e) {
            return failed(Cause.Kind.EVALUATION_FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("training {} failed", task.id(), e);
            return failed(Cause.Kind.EVALUATION_FAILED, e.toString());
        }
    }

    private static End failed(Cause.Kind kind, String detail) {
        return new End.NotTrained(new Cause(kind, detail));
    }

    private End train(Task task, Path directory, BooleanSupplier stop, Listener listener) throws IOException {
        JsonNode settings = Json.MAPPER.readTree(task.settings());
        TrainingParameters parameters = Parameters.read(settings.path("training"), TrainingParameters.class);
        Path checkpoint = directory.resolve(CHECKPOINT);
        TeacherParameters teacher = parameters.teacher();
        try (Trainer trainer = Trainer.open(
                        NetworkJson.read(Json.MAPPER.readTree(task.network())),
                        parameters,
                        Datasets.open(parameters.data(), artifacts),
                        teacher == null ? null : Teacher.open(teacher, artifacts),
                        task.limits().bytes());
                CurveFile curve = new CurveFile(directory.resolve(CURVE))) {
            if (Files.exists(checkpoint)) {
                trainer.resume(checkpoint);
            }
            listener.started();
            curve.points().forEach(listener::point);
            long pause = TimeUnit.SECONDS.toNanos(task.limits().checkpointSeconds());
            long saved = System.nanoTime();
            while (!trainer.done()) {
                if (stop.getAsBoolean()) {
                    trainer.save(checkpoint);
                    return new End.Stopped();
                }
                CurvePoint point = trainer.advance();
                curve.add(point);
                listener.point(point);
                if (System.nanoTime() - saved >= pause) {
                    trainer.save(checkpoint);
                    listener.saved();
                    saved = System.nanoTime();
                }
            }
            trainer.exportWeights(directory.resolve(WEIGHTS));
            return new End.Trained();
        }
    }
}
