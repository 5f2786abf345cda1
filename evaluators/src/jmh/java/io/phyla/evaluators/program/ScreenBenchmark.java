package io.phyla.evaluators.program;

import io.phyla.search.metric.Screen.Verdict;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Random graphs per second on one core, through all stages to the key of those that pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class ScreenBenchmark {

    private static final int GRAPHS = 1_000;

    @Param
    private Series series;

    private final ProgramScreen screen = new ProgramScreen(false);
    private final SplittableRandom random = new SplittableRandom(1);

    @Benchmark
    @OperationsPerInvocation(GRAPHS)
    public int screen() {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(series));
        int passed = 0;
        for (int graph = 0; graph < GRAPHS; graph++) {
            Genome genome = space.sample(random);
            passed += screen.judge(genome, space.decode(genome)) instanceof Verdict.Passed ? 1 : 0;
        }
        return passed;
    }
}
