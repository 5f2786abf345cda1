package io.phyla.search.port;

import io.phyla.search.candidate.Cause;
import io.phyla.spaces.Genome;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where expensive metrics are computed: worker processes, or this process for debugging. */
public interface EvaluatorPool extends AutoCloseable {

    /**
     * Hands a task over; returns at once. The sink is called exactly once, from any thread, unless the batch is
     * withdrawn or the pool closed first.
     */
    void submit(Task task, Consumer<Outcome> sink);

    /** Forgets all tasks of a batch: waiting ones are dropped, results of running ones ignored. */
    void withdraw(Batch batch);

    /** How many tasks can run at the same time. */
    int parallelism();

    @Override
    void close();

    /**
     * What all tasks of one search share; workers keep it open between tasks.
     *
     * @param id unique per batch (the search's id, or with its last phase behind it)
     * @param space JSON {@code {"name":..., "parameters":{...}}}
     * @param evaluators JSON object: evaluator name to {@code {"parameters":{...}, "metrics":[...]}}
     * @param limits what one evaluation may take
     */
    record Batch(String id, String space, String evaluators, Limits limits) {}

    /** Bounds of one evaluation. */
    record Limits(long milliseconds, long bytes) {}

    /**
     * One evaluation.
     *
     * @param genome what is evaluated; empty if it is a yardstick
     * @param yardstick a name out of {@link io.phyla.spaces.SearchSpace#yardsticks}, whose design is evaluated; null for a
     *     genome's
     */
    record Task(
            Batch batch,
            long number,
            Genome genome,
            long seed,
            @Nullable String yardstick) {

        public Task(Batch batch, long number, Genome genome, long seed) {
            this(batch, number, genome, seed, null);
        }
    }

    /** What came of a task. */
    sealed interface Outcome {

        /** Values may be NaN or infinite; whether that fails the candidate is the search's decision. */
        record Measured(Map<String, Double> values, double cost, int attempt, String worker, long milliseconds)
                implements Outcome {}

        /** No values, for a recorded cause, after so many attempts. */
        record Failed(Cause cause, int attempt, String worker, long milliseconds) implements Outcome {}
    }
}
