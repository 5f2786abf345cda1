package io.phyla.search.document;

import io.phyla.search.port.Artifacts;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to find out what is reachable in a space that nobody has asked about, in a young process and an old one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 5)
public class DryRunBenchmark {

    @Param({"1", "5", "20"})
    public int cells;

    @Benchmark
    public int explore() {
        SearchSpace space = new Nb201Space(new Nb201Parameters(16, cells, 10, 32));
        return Exploration.of(space, CheapMetrics.open(space, new Nothing()))
                .ranges()
                .size();
    }

    private static final class Nothing implements Artifacts {

        @Override
        public List<Artifact> registered() {
            return List.of();
        }

        @Override
        public Optional<Artifact> find(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> open(String sha256) {
            return Optional.empty();
        }
    }
}
