package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.training.TrainingPool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Evaluates in this process, for debugging: no time bound, and a native crash takes everything with it. */
public final class InlinePool implements EvaluatorPool {

    private final ThreadLocal<TaskRunner> runners;
    private final ThreadPoolExecutor threads;
    private final Set<Job> wanted = ConcurrentHashMap.newKeySet();
    private final int parallelism;
    private final InlineTrainings trainings;

    public InlinePool(int parallelism, FileArtifacts artifacts) {
        this.parallelism = parallelism;
        trainings = new InlineTrainings(artifacts, new TrainingFiles(artifacts));
        runners = ThreadLocal.withInitial(() -> new TaskRunner(artifacts));
        ThreadFactory named = Thread.ofPlatform().name("inline-", 1).factory();
        threads = new ThreadPoolExecutor(
                parallelism,
                parallelism,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> named.newThread(() -> {
                    try {
                        task.run();
                    } finally {
                        runners.get().close();
                    }
                }));
    }

    /** A task that waits or runs; itself and no other, even if the same task is submitted again. */
    private static final class Job {
        final Task task;
        final Consumer<Outcome> sink;

        Job(Task task, Consumer<Outcome> sink) {
            this.task = task;
            this.sink = sink;
        }
    }

    @Override
    public void submit(Task task, Consumer<Outcome> sink) {
        Job job = new Job(task, sink);
        wanted.add(job);
        threads.execute(() -> run(job));
    }

    private void run(Job job) {
        if (!wanted.contains(job)) {
            return;
        }
        long start = System.nanoTime();
        TaskRunner.Answer answer = runners.get().run(job.task, () -> {});
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        if (wanted.remove(job)) {
            job.sink.accept(Outcomes.of(answer, 1, Thread.currentThread().getName(), milliseconds));
        }
    }

    @Override
    public void withdraw(Batch batch) {
        wanted.removeIf(job -> job.task.batch().id().equals(batch.id()));
    }

    /** Where networks are trained, in a thread of its own. */
    public TrainingPool trainings() {
        return trainings.pool();
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void close() {
        trainings.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
