package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Cifar;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.run.RandomStreams;
import io.phyla.search.statistics.Correlation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
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
 * Scores all 15,625 cells of NAS-Bench-201 (C = 16, N = 1, 16 x 16 pixels, batch 32) by every proxy and correlates the
 * scores with the published test accuracies; undefined scores are ranked last. Prints rate, time for building apart from
 * time for running, and resident memory on the way. Seeds are those of a search with seed 1, so are the scores.
 *
 * <p>Arguments: a file of CIFAR records, the table of published results, threads (default: one per core).
 */
public final class AllCells {

    private static final long SEED = 1;
    private static final int BATCH = 32;
    private static final long MOST_BYTES = 1L << 31;
    private static final int REPORT_EVERY = 2500;
    private static final int BOOTSTRAP_SAMPLES = 200;
    private static final Map<String, String> ACCURACIES = new TreeMap<>(
            Map.of("CIFAR-10", "c10_test_200", "CIFAR-100", "c100_test_200", "ImageNet16", "in16_test_200"));

    private final Nb201Space space = new Nb201Space(new Nb201Parameters(16, 1, 10, 16));
    private final List<Proxy> proxies = List.of(new Naswot(), new SynapticFlow(), new JacobianCovariance());
    private final List<String> cells;
    private final Batch images;
    private final Map<String, double[]> scores = new TreeMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final LongAdder building = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final long start = System.nanoTime();

    private AllCells(List<String> cells, Batch images) {
        this.cells = cells;
        this.images = images;
        Stream.concat(proxies.stream().map(proxy -> proxy.metric().name()), Stream.of("params", "macs"))
                .forEach(name -> scores.put(name, new double[cells.size()]));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            throw new IllegalArgumentException("give a file of CIFAR records and the table of published results");
        }
        int threads = args.length > 2
                ? Integer.parseInt(args[2])
                : Runtime.getRuntime().availableProcessors();
        Map<String, List<String>> table = columns(Path.of(args[1]));
        Batch images = new Batches(Cifar.read("cifar10", Path.of(args[0]), "")).draw(Split.TRAIN, BATCH, SEED);
        AllCells all = new AllCells(column(table, "arch_str"), images);
        all.score(threads);
        all.correlate(table);
    }

    private static Map<String, List<String>> columns(Path file) throws IOException {
        List<String[]> rows;
        try (Stream<String> lines = Files.lines(file)) {
            rows = lines.map(line -> line.split(",")).toList();
        }
        Map<String, List<String>> columns = new TreeMap<>();
        for (int i = 0; i < rows.getFirst().length; i++) {
            int column = i;
            columns.put(
                    rows.getFirst()[i],
                    rows.stream().skip(1).map(row -> row[column]).toList());
        }
        return columns;
    }

    private static List<String> column(Map<String, List<String>> table, String name) {
        List<String> column = table.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the table has no column " + name);
        }
        return column;
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
                        + " %.2f ms%n",
                count,
                seconds,
                threads,
                count / seconds,
                (building.sum() + running.sum()) / 1e6 / count,
                building.sum() / 1e6 / count);
    }

    private void work() {
        long[] built = {0};
        Executions timed = (network, batch) -> {
            long begin = System.nanoTime();
            Plan plan = Plan.compile(network, batch, MOST_BYTES);
            built[0] += System.nanoTime() - begin;
            return plan;
        };
        try (ProxyEvaluation evaluation = new ProxyEvaluation(proxies, images, timed)) {
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

    private void correlate(Map<String, List<String>> table) {
        System.out.printf(
                "%nSpearman with the published test accuracy of all %,d cells (95 %% by bootstrap)%n", cells.size());
        System.out.printf("%-10s %9s", "", "undefined");
        ACCURACIES.keySet().forEach(data -> System.out.printf("  %-20s", data));
        System.out.println();
        scores.forEach((metric, values) -> {
            System.out.printf(
                    "%-10s %9d",
                    metric,
                    Arrays.stream(values)
                            .filter(value -> !Double.isFinite(value))
                            .count());
            ACCURACIES.values().forEach(column -> correlate(values, column(table, column)));
            System.out.println();
        });
    }

    private static void correlate(double[] values, List<String> accuracies) {
        double[] accuracy = accuracies.stream().mapToDouble(Double::parseDouble).toArray();
        Correlation.Interval interval = Correlation.SPEARMAN.interval(values, accuracy, 0.95, BOOTSTRAP_SAMPLES, SEED);
        System.out.printf(
                "  %.3f [%.3f, %.3f] ", Correlation.SPEARMAN.of(values, accuracy), interval.low(), interval.high());
    }
}
