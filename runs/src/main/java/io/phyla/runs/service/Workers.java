package io.phyla.runs.service;

import io.phyla.api.health.WorkerStatus;
import io.phyla.evaluators.worker.InlinePool;
import io.phyla.evaluators.worker.PoolOptions;
import io.phyla.evaluators.worker.ProcessPool;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The pool that {@code --workers} asks for, and how it is. */
record Workers(EvaluatorPool pool, Supplier<WorkerStatus> probe) implements AutoCloseable {

    private static final String INLINE = "inline";

    /** @param wish a number, 0 for one per core, or {@code inline} */
    static Workers start(String wish, Path content, Artifacts artifacts) {
        if (wish.equals(INLINE)) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Workers(new InlinePool(cores, artifacts), () -> new WorkerStatus(cores, cores, 0, 0));
        }
        ProcessPool pool = new ProcessPool(PoolOptions.of(count(wish), content));
        return new Workers(
                pool, () -> new WorkerStatus(pool.parallelism(), pool.alive(), pool.restarts(), pool.waiting()));
    }

    private static int count(String wish) {
        try {
            return Integer.parseUnsignedInt(wish);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--workers takes a number or 'inline', not '" + wish + "'", e);
        }
    }

    WorkerStatus status() {
        return probe.get();
    }

    @Override
    public void close() {
        pool.close();
    }
}
