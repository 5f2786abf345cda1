package io.phyla.evaluators.noop;

import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Param;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A number drawn from genome and seed, after a pause: what a search costs when evaluation costs nothing. */
public final class NoopEvaluator implements Evaluator<NoopEvaluator.Parameters> {

    private static final Metric METRIC =
            new Metric("noop", "", Direction.MAXIMIZE, false, "A random number between 0 and 1; measures nothing.");

    /** How long to pretend. */
    public record Parameters(
            @Param(description = "Pause per evaluation in milliseconds.", min = 0, max = 60000, byDefault = "0")
            int milliseconds) {}

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(METRIC);
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Pause(parameters.milliseconds());
    }

    private record Pause(int milliseconds) implements Evaluation {

        @Override
        public Evaluated evaluate(Genome genome, Design design, long seed) {
            if (milliseconds > 0) {
                try {
                    Thread.sleep(milliseconds);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            double value = new SplittableRandom(seed ^ genome.hashCode()).nextDouble();
            return new Evaluated(Map.of(METRIC.name(), value), 1);
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
