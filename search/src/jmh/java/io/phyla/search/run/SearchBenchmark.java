package io.phyla.search.run;

import io.phyla.search.document.CheapMetrics;
import io.phyla.search.document.Parameters;
import io.phyla.search.document.Providers;
import io.phyla.search.document.SearchDocument;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.metric.Direction;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.Journal;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

/** What a search costs beside its evaluations and its journal: a whole run with both for nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class SearchBenchmark {

    @Param({"random", "regularized-evolution", "nsga2"})
    public String strategy;

    @Param({"50", "1000"})
    public int population;

    @Param({"1000", "100000"})
    public long candidates;

    @Benchmark
    public String run() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        Consumer<Committed> listener = each -> {
            if (each.entry() instanceof Journal.Entry.StateChanged changed
                    && changed.state().ended()) {
                ended.complete(changed.reason());
            }
        };
        try (Searches searches = new Searches(new Forgetful(), new Instant(), new Nothing(), listener)) {
            searches.create(searches.newId(), setup());
            return ended.join();
        }
    }

    private SearchSetup setup() {
        StrategyProvider<?> provider = Providers.strategy(strategy);
        var parameters = Json.MAPPER.createObjectNode();
        if (!strategy.equals("random")) {
            parameters.put("population", population);
        }
        var document = Json.MAPPER.createObjectNode().put("name", "benchmark").put("window", 64);
        document.putObject("space").put("name", "wide");
        document.putArray("objectives").addObject().put("metric", "noop");
        document.putObject("strategy").put("name", strategy).set("parameters", parameters);
        document.putObject("budget").put("evaluations", candidates);
        SearchSpace space = new Wide();
        return new SearchSetup(
                Parameters.read(document, SearchDocument.class),
                space,
                new SearchSetup.Configured(provider, Parameters.read(parameters, provider.parameters())),
                List.of(
                        new SearchSetup.Objective("noop", "", Direction.MAXIMIZE),
                        new SearchSetup.Objective("other", "", Direction.MAXIMIZE)),
                List.of(new SearchSetup.Wanted(
                        Providers.evaluator("noop"),
                        Parameters.read(
                                Json.MAPPER.createObjectNode(),
                                Providers.evaluator("noop").parameters()),
                        Set.of("noop"))),
                CheapMetrics.open(space, new Nothing()),
                null);
    }

    /** Twenty decisions among five options, more than anyone will see; one small network for all. */
    private static final class Wide implements SearchSpace {

        private static final List<Decision> DECISIONS = IntStream.range(0, 20)
                .mapToObj(i -> Decision.among("d" + i, List.of("a", "b", "c", "d", "e")))
                .toList();
        private static final DecisionTree TREE = new DecisionTree(DECISIONS);

        /** There are no parameters. */
        private record None() {}

        @Override
        public String name() {
            return "wide";
        }

        @Override
        public Record parameters() {
            return new None();
        }

        @Override
        public List<Decision> decisions() {
            return DECISIONS;
        }

        @Override
        public DecisionTree tree() {
            return TREE;
        }

        @Override
        public Design decode(Genome genome) {
            Network.Builder network = new Network.Builder(new Shape(3, 8, 8));
            network.add("linear", new Layer.Linear(2 + genome.option(0), true), 0);
            return network.build();
        }
    }

    private static final class Instant implements EvaluatorPool {

        @Override
        public void submit(Task task, Consumer<Outcome> sink) {
            long bits = task.seed() >>> 1;
            sink.accept(new Outcome.Measured(
                    Map.of("noop", bits * 0x1p-63, "other", (double)
                            task.genome().option(0)),
                    1,
                    1,
                    "instant",
                    0));
        }

        @Override
        public void withdraw(Batch batch) {
            // Nothing ever waits.
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private static final class Forgetful implements Journal {

        @Override
        public void create(Header header) {
            // Forgotten.
        }

        @Override
        public List<Header> unfinished() {
            return List.of();
        }

        @Override
        public CompletionStage<Void> append(String search, List<Entry> entries) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void replay(String search, long after, Consumer<Entry> consumer) {
            // Nothing is kept.
        }

        @Override
        public Optional<Snapshot> snapshot(String search) {
            return Optional.empty();
        }

        @Override
        public void save(String search, Snapshot snapshot) {
            // Forgotten.
        }

        @Override
        public void delete(String search) {
            // Nothing is kept.
        }
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
