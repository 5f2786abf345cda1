package io.phyla.evaluators.cost;

import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.NetworkCost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The cheap metrics of a network: parameters, multiply-accumulates, peak activation memory and depth, as
 * {@link NetworkCost} defines them. Every search records them, and constraints are made of them.
 */
public final class CostEvaluator implements Evaluator<CostEvaluator.Parameters> {

    private static final List<Metric> METRICS = List.of(
            new Metric(
                    "params",
                    "parameters",
                    Direction.MINIMIZE,
                    true,
                    "Learned numbers: weights, biases, normalisation's scale and shift."),
            new Metric(
                    "macs",
                    "MACs",
                    Direction.MINIMIZE,
                    true,
                    "Multiply-accumulates of convolutions and linear layers for one sample."),
            new Metric(
                    "peak_memory",
                    "bytes",
                    Direction.MINIMIZE,
                    true,
                    "Float32 activations of one sample alive at the same time during inference."),
            new Metric(
                    "depth",
                    "layers",
                    Direction.MINIMIZE,
                    true,
                    "Convolutions and linear layers on the longest path."));

    /** The form of a network leaves nothing to choose. */
    public record Parameters() {}

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Costs(Set.copyOf(wanted));
    }

    private record Costs(Set<String> wanted) implements Evaluation {

        @Override
        public Evaluated evaluate(Genome genome, Design design, long seed) {
            NetworkCost cost = NetworkCost.of(design.network());
            Map<String, Double> values = new TreeMap<>(Map.of(
                    "params", (double) cost.params(),
                    "macs", (double) cost.macs(),
                    "peak_memory", (double) cost.peakMemory(),
                    "depth", (double) cost.depth()));
            values.keySet().retainAll(wanted);
            return new Evaluated(values, 0);
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
