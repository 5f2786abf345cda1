package io.phyla.evaluators.anchor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.search.document.Parameters;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ready layers by name, each trained from several seeds in each anchor: mean and standard deviation of the accuracies, how many
 * standard errors the mean is from the first layer's, and the CPU time of one seed.
 *
 * <p>Arguments: {@code seeds=4}, {@code group_size=0}, {@code layers=bn_relu,evonorm_b0}, and one or more
 * {@code parameters=FILE} with lines that are each a JSON object, parameters of the evaluator {@code anchors} (without gates, if
 * they do not say otherwise); their data is built in.
 */
public final class LayerTable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long LIMIT = 2L << 30;
    private static final String WITHOUT_GATES = """
        {"quality": {"steps": 0}, "stability": {"steps": 0}}\
        """;

    private LayerTable() {}

    public static void main(String[] args) throws IOException {
        Map<String, List<String>> given = Arrays.stream(args)
                .map(arg -> arg.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0], TreeMap::new, Collectors.mapping(pair -> pair[1], Collectors.toList())));
        int seeds = Integer.parseInt(one(given, "seeds", "4"));
        int groupSize = Integer.parseInt(one(given, "group_size", "0"));
        List<String> layers =
                List.of(one(given, "layers", String.join(",", ReadyLayers.all().keySet()))
                        .split(","));
        for (String file : given.getOrDefault("parameters", List.of())) {
            for (String json : Files.readAllLines(Path.of(file))) {
                System.out.println(json);
                table(parameters(json), layers, groupSize, seeds);
            }
        }
    }

    private static String one(Map<String, List<String>> given, String name, String otherwise) {
        return given.getOrDefault(name, List.of(otherwise)).getFirst();
    }

    private static AnchorParameters parameters(String json) throws JsonProcessingException {
        JsonNode merged = Json.MAPPER
                .readerForUpdating(Json.MAPPER.readTree(WITHOUT_GATES))
                .readTree(json);
        return Parameters.read(merged, AnchorParameters.class);
    }

    private static void table(AnchorParameters parameters, List<String> layers, int groupSize, int seeds) {
        List<String> metrics = Stream.concat(
                        parameters.anchors().stream().map(anchor -> AnchorEvaluator.accuracy(anchor.network())),
                        Stream.of(AnchorEvaluator.MEAN))
                .toList();
        Map<String, Sample> first = new TreeMap<>();
        System.out.printf("%-16s", "layer");
        metrics.forEach(metric -> System.out.printf("%28s", metric));
        System.out.printf("%10s%n", "cpu s");
        try (AnchorEvaluation evaluation = new AnchorEvaluation(
                parameters, Datasets.builtIn(parameters.data()).orElseThrow(), Set.copyOf(metrics), LIMIT)) {
            for (String layer : layers) {
                long start = THREADS.getCurrentThreadCpuTime();
                Map<String, Sample> samples = samples(evaluation, program(layer, groupSize), seeds);
                System.out.printf("%-16s", layer);
                for (String metric : metrics) {
                    Sample sample = samples.getOrDefault(metric, new Sample());
                    Sample base = first.computeIfAbsent(metric, _ -> sample);
                    System.out.printf("%28s", sample.against(base));
                }
                System.out.printf("%10.1f%n", (THREADS.getCurrentThreadCpuTime() - start) / 1e9 / seeds);
            }
        }
    }

    private static LayerProgram program(String layer, int groupSize) {
        return ReadyLayers.program(layer, groupSize, LayerProgram.EPSILON);
    }

    private static Map<String, Sample> samples(AnchorEvaluation evaluation, LayerProgram program, int seeds) {
        Map<String, Sample> samples = new TreeMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            try {
                evaluation
                        .evaluate(Genome.of(new int[0]), program, SplitMix.number(1, seed))
                        .values()
                        .forEach((metric, value) -> samples.computeIfAbsent(metric, _ -> new Sample())
                                .values
                                .add(value));
            } catch (EvaluationException e) {
                System.out.println("    " + e.recorded().kind() + ": " + e.getMessage());
            }
        }
        return samples;
    }

    /** Numbers of one layer in one anchor. */
    private static final class Sample {

        private final List<Double> values = new ArrayList<>();

        double mean() {
            return values.stream().mapToDouble(it -> it).average().orElse(Double.NaN);
        }

        /** Unbiased. */
        double variance() {
            double mean = mean();
            return values.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum() / (values.size() - 1);
        }

        String against(Sample base) {
            double error = Math.sqrt(variance() / values.size() + base.variance() / base.values.size());
            return "%.1f+-%.1f (%+.1f se)"
                    .formatted(mean(), Math.sqrt(variance()), this == base ? 0 : (mean() - base.mean()) / error);
        }
    }
}
