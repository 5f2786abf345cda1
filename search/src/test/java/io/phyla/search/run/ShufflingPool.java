package io.phyla.search.run;

import io.phyla.search.metric.Evaluation;
import io.phyla.search.port.EvaluatorPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** So many workers that finish in an order of their own. */
final class ShufflingPool implements EvaluatorPool {

    private record Job(Task task, Consumer<Outcome> sink) {}

    private final int workers;
    private final SplittableRandom random;
    private final List<Job> jobs = new ArrayList<>();
    private boolean closed;
    private long evaluated;

    ShufflingPool(int workers, long seed) {
        this.workers = workers;
        this.random = new SplittableRandom(seed);
        Thread.ofPlatform().daemon().start(this::work);
    }

    @Override
    public synchronized void submit(Task task, Consumer<Outcome> sink) {
        jobs.add(new Job(task, sink));
        notifyAll();
    }

    private void work() {
        while (true) {
            Job job;
            synchronized (this) {
                while (jobs.isEmpty() && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                job = jobs.remove(random.nextInt(Math.min(workers, jobs.size())));
                evaluated++;
            }
            Evaluation.Evaluated result =
                    ToyEvaluator.compute(job.task().genome(), job.task().seed());
            job.sink().accept(new Outcome.Measured(result.values(), result.cost(), 1, "w", 0));
        }
    }

    synchronized long evaluated() {
        return evaluated;
    }

    @Override
    public synchronized void withdraw(Batch batch) {
        jobs.removeIf(each -> each.task().batch().id().equals(batch.id()));
    }

    @Override
    public int parallelism() {
        return workers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
