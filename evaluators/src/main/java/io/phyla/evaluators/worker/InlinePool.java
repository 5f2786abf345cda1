package io.phyla.evaluators.worker;

import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Evaluates in this process, for debugging: no time bound, and a native crash takes everything with it. */
public final class InlinePool implements EvaluatorPool {

    private static final int MOST_REMEMBERED = 10_000;

    private final ThreadLocal<TaskRunner> runners;
    private final ThreadPoolExecutor threads;
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private final int parallelism;

    public InlinePool(int parallelism, Artifacts artifacts) {
        this.parallelism = parallelism;
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

    @Override
    public void submit(Task task, Consumer<Outcome> sink) {
        withdrawn.remove(task.batch().id());
        threads.execute(() -> run(task, sink));
    }

    private void run(Task task, Consumer<Outcome> sink) {
        if (withdrawn.contains(task.batch().id())) {
            return;
        }
        String worker = Thread.currentThread().getName();
        long start = System.nanoTime();
        TaskRunner.Answer answer = runners.get().run(task.batch(), task.genome(), task.seed());
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        if (!withdrawn.contains(task.batch().id())) {
            sink.accept(Outcomes.of(answer, 1, worker, milliseconds));
        }
    }

    @Override
    public void withdraw(Batch batch) {
        if (withdrawn.size() < MOST_REMEMBERED) {
            withdrawn.add(batch.id());
        }
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
