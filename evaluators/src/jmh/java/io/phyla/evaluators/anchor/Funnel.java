package io.phyla.evaluators.anchor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.management.OperatingSystemMXBean;
import io.phyla.evaluators.data.Gratings;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.evaluators.program.ProgramScreen;
import io.phyla.search.document.Parameters;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Screen.Verdict;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.schema.Json;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Random graphs through everything that rejects: structure, probes, the functional hash, 60 steps in two networks of four
 * convolutions, the ascent of gradients. Prints what each stage took and how many graphs an hour that is, by the CPU time of
 * the whole process: compiler and image threads included, warm-up too.
 *
 * <p>Arguments: series ({@code b}), graphs (20,000), seed (1).
 */
public final class Funnel {

    private static final int CORES = 2;
    private static final long LIMIT = 1L << 30;
    private static final String PARAMETERS = """
        {"data": "gratings", "steps": 60, "quality": {"steps": 60},
         "anchors": [{"network": "plain", "resolution": 8}, {"network": "residual", "resolution": 8}],
         "recipe": {"batch": 24, "learning_rate": 0.1, "nesterov": true, "weight_decay": 0.0001, "first_weights": "wide"}}\
        """;

    private Funnel() {}

    public static void main(String[] args) throws JsonProcessingException {
        Series series = args.length > 0 && args[0].equals("s") ? Series.S : Series.B;
        int graphs = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(series, 10, true, 4, 1e-5));
        AnchorParameters parameters = Parameters.read(Json.MAPPER.readTree(PARAMETERS), AnchorParameters.class);
        Map<String, Integer> tolls = new TreeMap<>();
        try (AnchorEvaluation evaluation =
                new AnchorEvaluation(parameters, Gratings.instance(), Set.of(AnchorEvaluator.WORST_GRADIENT), LIMIT)) {
            SplittableRandom random = new SplittableRandom(seed);
            ProgramScreen screen = new ProgramScreen(false);
            Set<Key> seen = new HashSet<>();
            long start = cpu();
            long screened = 0;
            for (int i = 0; i < graphs; i++) {
                long before = cpu();
                Genome genome = space.sample(random);
                Design design = space.decode(genome);
                String fallen = fallen(screen.judge(genome, design), seen);
                screened += cpu() - before;
                tolls.merge(fallen.isEmpty() ? tried(evaluation, genome, design, i) : fallen, 1, Integer::sum);
            }
            double seconds = (cpu() - start) / 1e9;
            tolls.forEach(
                    (stage, count) -> System.out.printf("%-20s %8d %6.2f %%%n", stage, count, 100.0 * count / graphs));
            System.out.printf(
                    "%d graphs of series %s in %.1f s of CPU time, %.1f of them screening: %,.0f graphs an hour on two"
                            + " cores%n",
                    graphs, series, seconds, screened / 1e9, CORES * 3600 * graphs / seconds);
        }
    }

    private static String fallen(Verdict verdict, Set<Key> seen) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> "1 " + rejected.stage();
            case Verdict.Passed passed -> seen.add(passed.equivalence()) ? "" : "2 duplicate";
        };
    }

    private static String tried(AnchorEvaluation evaluation, Genome genome, Design design, int number) {
        try {
            evaluation.evaluate(genome, design, SplitMix.number(1, number));
            return "4 passed";
        } catch (EvaluationException e) {
            return "3 " + Json.name(e.recorded().kind().name());
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
