package io.phyla.search.run;

import io.phyla.search.metric.Evaluation;
import io.phyla.search.port.EvaluatorPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Holds every task until the test lets it go. */
final class HeldPool implements EvaluatorPool {

    private record Job(Task task, Consumer<Outcome> sink) {}

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Job> jobs = new ArrayList<>();
    private int withdrawn;

    @Override
    public synchronized void submit(Task task, Consumer<Outcome> sink) {
        jobs.add(new Job(task, sink));
        notifyAll();
    }

    /** Waits until so many tasks are held. */
    synchronized void await(int count) throws InterruptedException {
        while (jobs.size() < count) {
            wait();
        }
    }

    /** Lets so many tasks go, in an order of its own. */
    synchronized void release(int count) {
        for (int i = 0; i < count; i++) {
            Job job = jobs.remove(random.nextInt(jobs.size()));
            Evaluation.Evaluated result =
                    ToyEvaluator.compute(job.task().genome(), job.task().seed());
            job.sink().accept(new Outcome.Measured(result.values(), result.cost(), 1, "held", 0));
        }
    }

    synchronized int held() {
        return jobs.size();
    }

    synchronized int withdrawn() {
        return withdrawn;
    }

    @Override
    public synchronized void withdraw(Batch batch) {
        withdrawn += jobs.size();
        jobs.clear();
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void close() {
        // Its tasks are the test's.
    }
}
