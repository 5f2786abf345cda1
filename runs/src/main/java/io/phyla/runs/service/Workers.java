package io.phyla.runs.service;

import io.phyla.api.health.WorkerStatus;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.InlinePool;
import io.phyla.evaluators.worker.PoolOptions;
import io.phyla.evaluators.worker.ProcessPool;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.training.TrainingPool;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The pools that {@code --workers} asks for, and how they are. */
record Workers(EvaluatorPool pool, TrainingPool trainings, Supplier<WorkerStatus> probe) implements AutoCloseable {

    private static final String INLINE = "inline";
    private static final int PER_CORE = 4;
    private static final int ALWAYS = 16;

    /** @param wish a number, 0 for one per core, or {@code inline} */
    static Workers start(String wish, Path content, FileArtifacts artifacts) {
        if (wish.equals(INLINE)) {
            int cores = Runtime.getRuntime().availableProcessors();
            InlinePool inline = new InlinePool(cores, artifacts);
            return new Workers(inline, inline.trainings(), () -> new WorkerStatus(cores, cores, 0, 0));
        }
        ProcessPool pool = new ProcessPool(PoolOptions.of(count(wish), content));
        return new Workers(
                pool,
                pool.trainings(),
                () -> new WorkerStatus(pool.parallelism(), pool.alive(), pool.restarts(), pool.waiting()));
    }

    /** Every worker is a process of some hundred megabytes: a slip of the finger must not bring the machine down. */
    private static int count(String wish) {
        int most = Math.max(ALWAYS, PER_CORE * Runtime.getRuntime().availableProcessors());
        if (!wish.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("--workers takes a number or 'inline', not '" + wish + "'");
        }
        int count = Integer.parseInt(wish);
        if (count > most) {
            throw new IllegalArgumentException("--workers takes at most " + most + " on this machine, not " + wish);
        }
        return count;
    }

    WorkerStatus status() {
        return probe.get();
    }

    @Override
    public void close() {
        pool.close();
    }
}
