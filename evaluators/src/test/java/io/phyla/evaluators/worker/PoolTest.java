package io.phyla.evaluators.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Limits;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.port.EvaluatorPool.Task;
import io.phyla.spaces.Genome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class PoolTest {

    private static final Genome HARMLESS = Genome.of(0, 1, 2, 3, 4, 0);
    private static final Genome DEADLY = Genome.of(4, 1, 2, 3, 4, 0);

    @TempDir
    Path directory;

    private static Batch batch(String id, String evaluators, long milliseconds) {
        return new Batch(
                id,
                "{\"name\":\"nb201\",\"parameters\":{\"channels\":4,\"cells\":1,\"resolution\":8}}",
                evaluators,
                new Limits(milliseconds, 1L << 30));
    }

    private static Batch deadly(String how, long milliseconds) {
        return batch(
                how, "{\"deadly\":{\"parameters\":{\"how\":\"" + how + "\"},\"metrics\":[\"deadly\"]}}", milliseconds);
    }

    private static Outcome run(EvaluatorPool pool, Batch batch, Genome genome) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pool.submit(new Task(batch, 7, genome, 99), outcome::complete);
        return outcome.get(120, TimeUnit.SECONDS);
    }

    private ProcessPool processes(int workers) {
        return new ProcessPool(PoolOptions.of(workers, directory));
    }

    @Test
    void aProcessGivesWhatThisProcessGives() throws Exception {
        Batch noop = batch("noop", "{\"noop\":{\"parameters\":{},\"metrics\":[\"noop\"]}}", 10_000);
        try (EvaluatorPool processes = processes(1);
                EvaluatorPool inline = new InlinePool(1, new FileArtifacts(directory))) {
            for (Batch each : List.of(noop, deadly("print", 10_000))) {
                for (Genome genome : List.of(HARMLESS, DEADLY)) {
                    Outcome.Measured here = (Outcome.Measured) run(inline, each, genome);
                    Outcome.Measured there = (Outcome.Measured) run(processes, each, genome);
                    assertThat(there.values()).isEqualTo(here.values());
                    assertThat(there.cost()).isEqualTo(here.cost());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"halt, exit code 42", "crash, signal 6"})
    void aCandidateThatKillsItsWorkerThreeTimesFailsAndTheOthersGoOn(String how, String epitaph) throws Exception {
        try (ProcessPool pool = processes(1)) {
            Outcome.Failed failed = (Outcome.Failed) run(pool, deadly(how, 30_000), DEADLY);
            assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.WORKER_DIED);
            assertThat(failed.cause().detail()).contains(epitaph);
            assertThat(failed.attempt()).isEqualTo(3);
            assertThat(run(pool, deadly(how, 30_000), HARMLESS)).isInstanceOf(Outcome.Measured.class);
        }
    }

    @Test
    void aKilledWorkerIsReplacedAndItsTaskTriedAgain() throws Exception {
        Batch slow =
                batch("slow", "{\"noop\":{\"parameters\":{\"milliseconds\":1500},\"metrics\":[\"noop\"]}}", 30_000);
        try (ProcessPool pool = processes(1)) {
            run(pool, deadly("print", 10_000), HARMLESS);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            pool.submit(new Task(slow, 1, HARMLESS, 5), outcome::complete);
            while (pool.waiting() > 0) {
                Thread.onSpinWait();
            }
            Thread.sleep(300);
            ProcessHandle.of(pool.pids().getFirst()).orElseThrow().destroyForcibly();
            Outcome.Measured measured = (Outcome.Measured) outcome.get(60, TimeUnit.SECONDS);
            assertThat(measured.attempt()).isEqualTo(2);
            assertThat(pool.restarts()).isEqualTo(1);
        }
    }

    @Test
    void anEvaluationThatTakesTooLongIsEndedAndRecorded() throws Exception {
        try (ProcessPool pool = processes(1)) {
            run(pool, deadly("hang", 300), HARMLESS);
            Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("hang", 300), DEADLY);
            assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TIMED_OUT);
            assertThat(failed.cause().detail()).contains("300 ms");
            assertThat(failed.attempt()).isEqualTo(1);
            assertThat(run(pool, deadly("hang", 300), HARMLESS)).isInstanceOf(Outcome.Measured.class);
        }
    }

    @Test
    void aFailedEvaluationIsRecordedWithItsCause() throws Exception {
        try (ProcessPool pool = processes(1)) {
            Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("throw", 10_000), DEADLY);
            assertThat(failed.cause()).isEqualTo(new Cause(Cause.Kind.EVALUATION_FAILED, "as it was told"));
        }
    }

    @Test
    void nothingWaitsForWorkersThatCannotStart() throws Exception {
        PoolOptions broken = new PoolOptions(1, directory, "/nowhere", List.of(), 1L << 30);
        try (ProcessPool pool = new ProcessPool(broken)) {
            Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("print", 1000), HARMLESS);
            assertThat(failed.cause().detail()).contains("no worker process can be started");
        }
    }

    @Test
    void aWithdrawnBatchIsForgottenAndClosingLeavesNoProcess() throws Exception {
        List<Long> pids;
        try (ProcessPool pool = processes(2)) {
            run(pool, deadly("print", 1000), HARMLESS);
            List<Outcome> outcomes = new ArrayList<>();
            Batch hanging = deadly("hang", 60_000);
            for (int i = 0; i < 10; i++) {
                pool.submit(new Task(hanging, i, DEADLY, 1), outcomes::add);
            }
            pool.withdraw(hanging);
            assertThat(pool.waiting()).isZero();
            pids = pool.pids();
            assertThat(outcomes).isEmpty();
        }
        assertThat(pids)
                .isNotEmpty()
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    /** A service that is killed takes its workers with it. */
    @Test
    void aKilledParentLeavesNoOrphan() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long worker = Long.parseLong(parent.inputReader().readLine());
        assertThat(ProcessHandle.of(worker)).isPresent();
        parent.toHandle().destroyForcibly();
        ProcessHandle.of(worker)
                .ifPresent(it -> it.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Starts a worker, gives it a task that never ends, and prints its process id. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            ProcessPool pool = new ProcessPool(PoolOptions.of(1, Path.of(args[0])));
            run(pool, deadly("hang", 600_000), HARMLESS);
            pool.submit(new Task(deadly("hang", 600_000), 1, DEADLY, 1), _ -> {});
            Thread.sleep(200);
            System.out.println(pool.pids().getFirst());
            Thread.sleep(600_000);
        }
    }
}
