package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.metric.Evaluation.Evaluated;
import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every proxy, on real plans: new ones are checked as soon as they are registered. */
class ProxyContractTest {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(8, 1, 12, 16));
    private static final List<Genome> GENOMES =
            List.of(Genome.parse("3.3.3.1.3.2"), Genome.parse("4.2.1.2.1.1"), Genome.parse("0.0.0.0.0.0"));
    private static final ProxyInputs INPUTS = inputs(new Batches(Glyphs.instance()));

    private static ProxyInputs inputs(Batches data) {
        Batch images = data.draw(Split.TRAIN, 32, 1);
        int all = Glyphs.instance().count(Split.TRAIN);
        return new ProxyInputs(images.part(0, 16), images.part(16, 16), Crops.draw(data, all, 1), 8, 2);
    }

    static List<Proxy> all() {
        return ServiceLoader.load(Proxy.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static Evaluated evaluate(List<Proxy> proxies, Genome genome, long seed) {
        try (ProxyEvaluation evaluation =
                new ProxyEvaluation(proxies, INPUTS, (network, batch) -> Plan.compile(network, batch, 1L << 30))) {
            return evaluation.evaluate(genome, SPACE.decode(genome), seed);
        }
    }

    private static Double value(Evaluated evaluated, Proxy proxy) {
        return evaluated.values().get(proxy.metric().name());
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAFunctionOfNetworkImagesAndSeed(Proxy proxy) {
        for (Genome genome : GENOMES) {
            Evaluated first = evaluate(List.of(proxy), genome, 5);
            assertThat(evaluate(List.of(proxy), genome, 5)).isEqualTo(first);
            assertThat(first.cost()).isNotNegative();
        }
        Evaluated other = evaluate(List.of(proxy), GENOMES.getFirst(), 6);
        assertThat(value(other, proxy)).isFinite();
        assertThat(other).isNotEqualTo(evaluate(List.of(proxy), GENOMES.getFirst(), 5));
    }

    /** Runs are shared between proxies; that must not show in the values, and may only make them cheaper. */
    @ParameterizedTest
    @MethodSource("all")
    void doesNotDependOnTheOthersOrTheirOrder(Proxy proxy) {
        for (Genome genome : GENOMES) {
            Evaluated alone = evaluate(List.of(proxy), genome, 5);
            Evaluated together = evaluate(all(), genome, 5);
            Evaluated reversed = evaluate(all().reversed(), genome, 5);
            assertThat(value(together, proxy)).isEqualTo(value(alone, proxy));
            assertThat(value(reversed, proxy)).isEqualTo(value(alone, proxy));
            assertThat(together.cost()).isEqualTo(reversed.cost()).isGreaterThanOrEqualTo(alone.cost());
        }
        double apart = all().stream()
                .mapToDouble(
                        each -> evaluate(List.of(each), GENOMES.getFirst(), 5).cost())
                .sum();
        assertThat(evaluate(all(), GENOMES.getFirst(), 5).cost()).isLessThanOrEqualTo(apart);
    }

    /** Workers of one process share kernels and memory that plans gave back. */
    @ParameterizedTest
    @MethodSource("all")
    void isTheSameInSeveralThreads(Proxy proxy) throws Exception {
        Map<Genome, Evaluated> expected = new HashMap<>();
        GENOMES.forEach(genome -> expected.put(genome, evaluate(List.of(proxy), genome, 5)));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Stream<Callable<Boolean>> tasks = Stream.generate(() -> GENOMES)
                    .limit(8)
                    .flatMap(List::stream)
                    .map(genome -> () -> evaluate(List.of(proxy), genome, 5).equals(expected.get(genome)));
            for (Future<Boolean> same : threads.invokeAll(tasks.toList())) {
                assertThat(same.get()).isTrue();
            }
        }
    }
}
