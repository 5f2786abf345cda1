package io.phyla.evaluators.worker;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Param;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does to its worker what a native library might, for genomes whose first option is 4; others get a number. */
public final class DeadlyEvaluator implements Evaluator<DeadlyEvaluator.Parameters> {

    private static final long HOARD = 384L << 20;

    public record Parameters(
            @Param(description = "halt, crash, hang, hoard, program, print or throw.")
            String how) {}

    @Override
    public String name() {
        return "deadly";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("deadly", "", Direction.MAXIMIZE, false, "For tests."));
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Evaluation() {
            @Override
            public Evaluated evaluate(Genome genome, Design design, long seed) {
                if (genome.option(0) == 4) {
                    strike(parameters.how());
                }
                return new Evaluated(Map.of("deadly", (double) seed, "undefined", Double.NaN), 2);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    private static void hang() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A layer program, before which a worker's kernels are checked. */
    private static void program() {
        Network.Builder network = new Network.Builder(new Shape(8, 4, 4));
        network.add("layer", new Layer.Program(LayerProgram.scaling()), 0);
        try (Plan plan = Plan.compile(network.build(), 2, 1L << 24)) {
            plan.forward(Execution.Mode.TRAINING);
        }
    }

    private static void strike(String how) {
        switch (how) {
            case "halt" -> Runtime.getRuntime().halt(42);
            case "crash" -> MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
            case "hang" -> hang();
            case "hoard" -> {
                Arena.global().allocate(HOARD).fill((byte) 1);
                hang();
            }
            case "program" -> program();
            case "print" -> System.out.println("noise on standard output");
            default -> throw new IllegalStateException("as it was told");
        }
    }
}
