package io.phyla.evaluators.worker;

import static io.phyla.evaluators.worker.Tasks.DEADLY;
import static io.phyla.evaluators.worker.Tasks.HARMLESS;
import static io.phyla.evaluators.worker.Tasks.awaitRunning;
import static io.phyla.evaluators.worker.Tasks.deadly;
import static io.phyla.evaluators.worker.Tasks.pause;
import static io.phyla.evaluators.worker.Tasks.run;
import static io.phyla.evaluators.worker.Tasks.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers die in every way they can; tasks, other tasks and the system outlive it. */
@Timeout(180)
class WorkerDeathTest {

    private static final long OWN_BYTES = 256L << 20;

    @TempDir
    private static Path directory;

    private static ProcessPool pool;

    @BeforeAll
    static void start() {
        pool = pool(System.getProperty("java.class.path"));
    }

    private static ProcessPool pool(String classPath) {
        return new ProcessPool(new PoolOptions(1, directory, classPath, List.of(), OWN_BYTES));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private static void assertThatOthersGoOn() throws Exception {
        assertThat(run(pool, pause("others", 0), HARMLESS)).isInstanceOf(Outcome.Measured.class);
    }

    @ParameterizedTest
    @CsvSource({"halt, exit code 42", "crash, SIGSEGV"})
    void aCandidateThatKillsItsWorkerThreeTimesFails(String how, String epitaph) throws Exception {
        int restarts = pool.restarts();
        Outcome.Failed failed = (Outcome.Failed) run(pool, deadly(how, 30_000), DEADLY);
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.WORKER_DIED);
        assertThat(failed.cause().detail()).contains(epitaph).contains("3 attempts");
        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(pool.restarts()).isEqualTo(restarts + 3);
        try (Stream<Path> files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString))
                    .as("what a crash leaves behind")
                    .noneMatch(name -> name.startsWith("hs_err_pid") || name.startsWith("core"));
        }
        assertThatOthersGoOn();
    }

    @Test
    void aTaskWhoseWorkerIsKilledIsTriedAgain() throws Exception {
        run(pool, pause("killed", 0), HARMLESS);
        CompletableFuture<Outcome> outcome = submit(pool, pause("killed slowly", 1000), HARMLESS);
        awaitRunning(pool);
        ProcessHandle.of(pool.pids().getFirst()).orElseThrow().destroyForcibly();
        Outcome.Measured measured = (Outcome.Measured) outcome.get(60, TimeUnit.SECONDS);
        assertThat(measured.attempt()).isEqualTo(2);
    }

    @Test
    void anEvaluationThatTakesTooLongIsEndedAndRecorded() throws Exception {
        Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("hang", 300), DEADLY);
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TIMED_OUT);
        assertThat(failed.cause().detail()).contains("the limit is 300 ms");
        assertThat(failed.attempt()).isEqualTo(1);
        assertThatOthersGoOn();
    }

    /** A stopped process answers no polite signal. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aStoppedWorkerIsEndedWhenItsTimeIsOver() throws Exception {
        assertThatOthersGoOn();
        CompletableFuture<Outcome> outcome = submit(pool, deadly("hang", 1000), DEADLY);
        awaitRunning(pool);
        long stopped = pool.pids().getFirst();
        new ProcessBuilder("kill", "-STOP", Long.toString(stopped)).start().waitFor();
        Outcome.Failed failed = (Outcome.Failed) outcome.get(60, TimeUnit.SECONDS);
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TIMED_OUT);
        assertThatOthersGoOn();
        assertThat(ProcessHandle.of(stopped).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anEvaluationThatTakesTooMuchMemoryIsEndedAndRecorded() throws Exception {
        Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("hoard", 60_000, 64L << 20), DEADLY);
        assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TOO_LARGE);
        assertThat(failed.cause().detail()).contains("the limit is 64 MiB");
        assertThat(failed.attempt()).isEqualTo(1);
        assertThatOthersGoOn();
    }

    @Test
    void nothingWaitsForWorkersThatCannotStart() throws Exception {
        try (ProcessPool broken = pool("/nowhere")) {
            Outcome.Failed failed = (Outcome.Failed) run(broken, pause("broken", 0), HARMLESS);
            assertThat(failed.cause().detail()).contains("no worker process can be started", "WorkerMain");
        }
    }

    @Test
    void closingDropsWhatWaitsAndLeavesNoProcess() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        ProcessPool closing = pool(System.getProperty("java.class.path"));
        Batch hanging = deadly("hang", 60_000);
        run(closing, hanging, HARMLESS);
        for (int i = 0; i < 10; i++) {
            submit(closing, hanging, DEADLY).thenAccept(outcomes::add);
        }
        closing.withdraw(hanging);
        assertThat(closing.waiting()).isZero();
        List<Long> pids = closing.pids();
        closing.close();
        assertThat(outcomes).isEmpty();
        assertThat(pids)
                .isNotEmpty()
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    /** A service that is killed takes its workers with it, also those in the middle of an evaluation. */
    @Test
    void aKilledServiceLeavesNoOrphan() throws Exception {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Service.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long worker = Long.parseLong(service.inputReader().readLine());
        assertThat(ProcessHandle.of(worker)).isPresent();
        service.toHandle().destroyForcibly();
        ProcessHandle.of(worker)
                .ifPresent(it -> it.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Starts a worker, gives it a task that never ends, and prints its process id. */
    static final class Service {
        public static void main(String[] args) throws IOException, InterruptedException {
            ProcessPool pool = new ProcessPool(PoolOptions.of(1, Path.of(args[0])));
            submit(pool, deadly("hang", 600_000), HARMLESS).join();
            submit(pool, deadly("hang", 600_000), DEADLY);
            awaitRunning(pool);
            System.out.println(pool.pids().getFirst());
            Thread.sleep(600_000);
        }
    }
}
