package io.phyla.evaluators.worker;

import static io.phyla.evaluators.worker.Tasks.DEADLY;
import static io.phyla.evaluators.worker.Tasks.HARMLESS;
import static io.phyla.evaluators.worker.Tasks.deadly;
import static io.phyla.evaluators.worker.Tasks.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.port.EvaluatorPool.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers whose kernels are not compiled at all, as the worst of badly compiled ones. */
@Timeout(180)
class SlowKernelsTest {

    @Test
    void aWorkerWithBadlyCompiledKernelsIsStartedAgainAndInTheEndGoesOn(@TempDir Path directory) throws Exception {
        List<String> flags = List.of(
                "-XX:CompileCommand=exclude,io.phyla.evaluators.program.Kernel*::k*", "-Dphyla.kernels.seconds=0.05");
        PoolOptions options = new PoolOptions(1, directory, System.getProperty("java.class.path"), flags, 512L << 20);
        try (ProcessPool pool = new ProcessPool(options)) {
            assertThat(run(pool, deadly("program", 60_000), HARMLESS)).isInstanceOf(Outcome.Measured.class);
            assertThat(pool.slowWorkers()).isZero();
            Outcome.Measured measured = (Outcome.Measured) run(pool, deadly("program", 60_000), DEADLY);
            assertThat(measured.attempt()).isEqualTo(1);
            assertThat(pool.slowWorkers()).isEqualTo(Supervisor.MOST_SLOW_STARTS);
            assertThat(pool.restarts()).isZero();
        }
    }

    /** Its own warm-up is what makes them fast. */
    @Test
    @Tag("slow")
    void aWorkerWithWellCompiledKernelsIsNot(@TempDir Path directory) throws Exception {
        PoolOptions options =
                new PoolOptions(1, directory, System.getProperty("java.class.path"), List.of(), 512L << 20);
        try (ProcessPool pool = new ProcessPool(options)) {
            Outcome.Measured measured = (Outcome.Measured) run(pool, deadly("program", 60_000), DEADLY);
            assertThat(measured.attempt()).isEqualTo(1);
            assertThat(pool.slowWorkers()).isZero();
        }
    }
}
