package io.phyla.evaluators.worker;

import static io.phyla.evaluators.worker.Tasks.DEADLY;
import static io.phyla.evaluators.worker.Tasks.HARMLESS;
import static io.phyla.evaluators.worker.Tasks.deadly;
import static io.phyla.evaluators.worker.Tasks.pause;
import static io.phyla.evaluators.worker.Tasks.proxies;
import static io.phyla.evaluators.worker.Tasks.run;
import static io.phyla.evaluators.worker.Tasks.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.spaces.Genome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pool of worker processes answers while its workers live. */
@Timeout(180)
class PoolTest {

    @TempDir
    private static Path directory;

    private static ProcessPool processes;
    private static InlinePool inline;

    @BeforeAll
    static void start() {
        processes = new ProcessPool(PoolOptions.of(1, directory));
        inline = new InlinePool(1, new FileArtifacts(directory));
    }

    @AfterAll
    static void stop() {
        inline.close();
        processes.close();
        assertThat(processes.restarts()).isZero();
    }

    /** Also NaN, noise on standard output, and all bits of the proxies. */
    @Test
    void aProcessGivesWhatThisProcessGives() throws Exception {
        for (Batch each : List.of(pause("noop", 0), deadly("print", 10_000), proxies("proxies", Tasks.GIBIBYTE))) {
            for (Genome genome : List.of(HARMLESS, DEADLY)) {
                Outcome.Measured here = (Outcome.Measured) run(inline, each, genome);
                Outcome.Measured there = (Outcome.Measured) run(processes, each, genome);
                assertThat(there.values()).isEqualTo(here.values()).isNotEmpty();
                assertThat(there.cost()).isEqualTo(here.cost());
                assertThat(there.attempt()).isEqualTo(1);
            }
        }
        Outcome.Measured undefined = (Outcome.Measured) run(processes, deadly("print", 10_000), DEADLY);
        assertThat(undefined.values()).containsEntry("undefined", Double.NaN);
    }

    @Test
    void aFailedEvaluationIsRecordedWithItsCause() throws Exception {
        for (EvaluatorPool pool : List.of(processes, inline)) {
            Outcome.Failed failed = (Outcome.Failed) run(pool, deadly("throw", 10_000), DEADLY);
            assertThat(failed.cause()).isEqualTo(new Cause(Cause.Kind.EVALUATION_FAILED, "as it was told"));
        }
    }

    @Test
    void aNetworkThatIsTooLargeIsRefusedAndItsLargestLayerNamed() throws Exception {
        for (EvaluatorPool pool : List.of(processes, inline)) {
            Outcome.Failed failed = (Outcome.Failed) run(pool, proxies("small", 100_000), HARMLESS);
            assertThat(failed.cause().kind()).isEqualTo(Cause.Kind.TOO_LARGE);
            assertThat(failed.cause().detail()).contains("layer 'reduction").contains("100,000");
            assertThat(failed.attempt()).isEqualTo(1);
        }
    }

    @Test
    void aSinkThatFailsHarmsNobodyElse() throws Exception {
        for (EvaluatorPool pool : List.of(processes, inline)) {
            pool.submit(new EvaluatorPool.Task(pause("noop", 0), 1, HARMLESS, 1), _ -> {
                throw new IllegalStateException("a search that takes no outcomes");
            });
            assertThat(run(pool, pause("noop", 0), HARMLESS)).isInstanceOf(Outcome.Measured.class);
        }
    }

    /** A search that is paused and resumed gets the outcomes of the tasks it handed over again, each once. */
    @Test
    void lateOutcomesOfAWithdrawnBatchAreDropped() throws Exception {
        for (EvaluatorPool pool : List.of(processes, inline)) {
            Batch batch = pause("again", 400);
            CompletableFuture<Outcome> before = submit(pool, batch, HARMLESS);
            CompletableFuture<Outcome> waiting = submit(pool, batch, HARMLESS);
            Thread.sleep(200);
            pool.withdraw(batch);
            CompletableFuture<Outcome> after = submit(pool, batch, HARMLESS);
            assertThat(after.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Measured.class);
            assertThat(before).isNotDone();
            assertThat(waiting).isNotDone();
        }
    }
}
