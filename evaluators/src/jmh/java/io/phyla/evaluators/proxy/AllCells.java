package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Cifar;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.metric.Direction;
import io.phyla.search.run.RandomStreams;
import io.phyla.search.statistics.Correlation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Scores cells of NAS-Bench-201 by proxies and correlates the scores with the published test accuracies: all 15,625 in a
 * reduced form (C = 16, N = 1, 16 x 16 pixels, batch 32), or a sample of them, or some at full size. Prints rate, time for
 * building apart from time for running, and resident memory on the way. First weights are those of a search with seed 1.
 *
 * <p>Undefined scores are ranked last. Correlations are signed, so that a proxy of which less is better should be negative.
 * Arguments are those of {@link CellOptions}.
 */
public final class AllCells {

    private static final long SEED = 1;
    private static final int NTK_BATCH = 16;
    private static final int ZEN_REPEATS = 1;
    private static final long MOST_BYTES = 1L << 31;
    private static final int REPORT_EVERY = 2500;
    private static final int BOOTSTRAP_SAMPLES = 200;
    private static final Map<String, String> ACCURACIES = new TreeMap<>(
            Map.of("CIFAR-10", "c10_test_200", "CIFAR-100", "c100_test_200", "ImageNet16", "in16_test_200"));

    private final Nb201Space space;
    private final List<Proxy> proxies;
    private final List<String> cells;
    private final Dataset data;
    private final int batch;
    private final Map<String, double[]> scores = new TreeMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final LongAdder building = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final LongAdder processor = new LongAdder();
    private final long start = System.nanoTime();

    private AllCells(CellOptions options, List<String> cells) {
        this.space = new Nb201Space(options.space());
        this.proxies = options.proxies();
        this.cells = cells;
        this.data = Cifar.read("cifar10", options.images(), "");
        this.batch = options.batch();
        Stream.concat(proxies.stream().map(proxy -> proxy.metric().name()), Stream.of("params", "macs"))
                .forEach(name -> scores.put(name, new double[cells.size()]));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        CellOptions options = CellOptions.parse(args);
        CellTable table = CellTable.read(options.table());
        if (options.cells() < table.column("arch_str").size()) {
            table = table.sample(options.cells(), options.seed());
        }
        AllCells all = new AllCells(options, table.column("arch_str"));
        all.score(options.threads());
        all.correlate(table);
    }

    private ProxyInputs inputs() {
        return ProxyEvaluator.inputs(
                new ProxyParameters("cifar10", batch, SEED, NTK_BATCH, ZEN_REPEATS), proxies, data);
    }

    private void score(int threads) throws InterruptedException {
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            all[i] = Thread.ofPlatform().name("cells-" + i).start(this::work);
        }
        for (Thread thread : all) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int count = cells.size();
        System.out.printf(
                "%n%,d cells in %.1f s on %d threads: %.1f cells/s; per cell and thread %.2f ms, of which building"
                        + " %.2f ms; of the processor %.2f ms; resident %,d MB%n",
                count,
                seconds,
                threads,
                count / seconds,
                (building.sum() + running.sum()) / 1e6 / count,
                building.sum() / 1e6 / count,
                processor.sum() / 1e6 / count,
                residentBytes() >> 20);
    }

    private void work() {
        long[] built = {0};
        Executions timed = (network, batch) -> {
            long begin = System.nanoTime();
            Plan plan = Plan.compile(network, batch, MOST_BYTES);
            built[0] += System.nanoTime() - begin;
            return plan;
        };
        try (ProxyEvaluation evaluation = new ProxyEvaluation(proxies, inputs(), timed)) {
            for (int i = next.getAndIncrement(); i < cells.size(); i = next.getAndIncrement()) {
                long begin = System.nanoTime();
                built[0] = 0;
                Genome genome = CellString.parse(cells.get(i));
                Network network = space.decode(genome);
                long decoded = System.nanoTime() - begin;
                put(
                        i,
                        evaluation
                                .evaluate(genome, network, RandomStreams.evaluationSeed(SEED, space.key(genome)))
                                .values());
                NetworkCost cost = NetworkCost.of(network);
                put(i, Map.of("params", (double) cost.params(), "macs", (double) cost.macs()));
                building.add(decoded + built[0]);
                running.add(System.nanoTime() - begin - decoded - built[0]);
                report();
            }
        }
        processor.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private void put(int cell, Map<String, Double> values) {
        values.forEach((metric, value) -> scores.get(metric)[cell] = value);
    }

    private void report() {
        int count = done.incrementAndGet();
        if (count % REPORT_EVERY == 0 || count == 1000) {
            System.out.printf(
                    "%,6d cells  %6.1f s  resident %,5d MB%n",
                    count, (System.nanoTime() - start) / 1e9, residentBytes() >> 20);
        }
    }

    /** Linux only; 0 elsewhere. */
    private static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
        } catch (IOException e) {
            return 0;
        }
    }

    private void correlate(CellTable table) {
        System.out.printf(
                "%nSpearman with the published test accuracy of %,d cells (95 %% by bootstrap)%n", cells.size());
        System.out.printf("%-14s %9s", "", "undefined");
        ACCURACIES.keySet().forEach(name -> System.out.printf("  %-23s", name));
        System.out.println();
        scores.forEach((metric, values) -> {
            System.out.printf(
                    "%-14s %9d",
                    metric,
                    Arrays.stream(values)
                            .filter(value -> !Double.isFinite(value))
                            .count());
            ACCURACIES.values().forEach(column -> correlate(metric, values, table.numbers(column)));
            System.out.println();
        });
    }

    private void correlate(String metric, double[] values, double[] accuracy) {
        boolean lessIsBetter = proxies.stream()
                .anyMatch(proxy ->
                        proxy.metric().name().equals(metric) && proxy.metric().direction() == Direction.MINIMIZE);
        int sign = lessIsBetter ? -1 : 1;
        double[] gains = Arrays.stream(values).map(value -> sign * value).toArray();
        Correlation.Interval interval = Correlation.SPEARMAN.interval(gains, accuracy, 0.95, BOOTSTRAP_SAMPLES, SEED);
        double low = lessIsBetter ? -interval.high() : interval.low();
        double high = lessIsBetter ? -interval.low() : interval.high();
        System.out.printf("  %+.3f [%+.3f, %+.3f] ", sign * Correlation.SPEARMAN.of(gains, accuracy), low, high);
    }
}
