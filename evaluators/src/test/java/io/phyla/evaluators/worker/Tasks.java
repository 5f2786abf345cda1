package io.phyla.evaluators.worker;

import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Limits;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.port.EvaluatorPool.Task;
import io.phyla.spaces.Genome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Batches and tasks for pools. */
final class Tasks {

    static final Genome HARMLESS = Genome.of(0, 1, 2, 3, 4, 0);

    /** What {@link DeadlyEvaluator} strikes at. */
    static final Genome DEADLY = Genome.of(4, 1, 2, 3, 4, 0);

    static final long GIBIBYTE = 1L << 30;

    private Tasks() {}

    static Batch batch(String id, String evaluators, long milliseconds, long bytes) {
        return new Batch(
                id,
                "{\"name\":\"nb201\",\"parameters\":{\"channels\":4,\"cells\":1,\"resolution\":8}}",
                evaluators,
                new Limits(milliseconds, bytes));
    }

    static Batch deadly(String how, long milliseconds) {
        return deadly(how, milliseconds, GIBIBYTE);
    }

    static Batch deadly(String how, long milliseconds, long bytes) {
        String evaluators = "{\"deadly\":{\"parameters\":{\"how\":\"" + how + "\"},\"metrics\":[\"deadly\"]}}";
        return batch(how, evaluators, milliseconds, bytes);
    }

    static Batch pause(String id, int milliseconds) {
        String evaluators =
                "{\"noop\":{\"parameters\":{\"milliseconds\":" + milliseconds + "},\"metrics\":[\"noop\"]}}";
        return batch(id, evaluators, 30_000, GIBIBYTE);
    }

    static Batch proxies(String id, long bytes) {
        String metrics = "[\"naswot\",\"synflow\",\"jacob_cov\"]";
        String evaluators = "{\"proxies\":{\"parameters\":{\"batch\":16},\"metrics\":" + metrics + "}}";
        return batch(id, evaluators, 60_000, bytes);
    }

    static CompletableFuture<Outcome> submit(EvaluatorPool pool, Batch batch, Genome genome) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pool.submit(new Task(batch, 7, genome, 99), outcome::complete);
        return outcome;
    }

    static Outcome run(EvaluatorPool pool, Batch batch, Genome genome) throws Exception {
        return submit(pool, batch, genome).get(120, TimeUnit.SECONDS);
    }

    /** Until a worker has taken all tasks and had a moment to begin. */
    static void awaitRunning(ProcessPool pool) throws InterruptedException {
        while (pool.waiting() > 0) {
            Thread.sleep(10);
        }
        Thread.sleep(200);
    }
}
