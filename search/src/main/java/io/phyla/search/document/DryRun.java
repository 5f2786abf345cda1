package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.lineage.Repair;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * What a document would search, without searching.
 *
 * @param size designs in the space, as a decimal number
 */
public record DryRun(String size, List<Sample> samples, Map<String, Reach.Range> ranges) {

    private static final int SAMPLES = 10;

    /** Where constraints leave next to nothing, more tries would only take more time. */
    private static final int MOST_MISSED = 3;

    /** A design drawn at random. */
    public record Sample(String genome, String text, Map<String, Double> costs) {}

    public static DryRun of(SearchSetup setup) {
        return of(
                setup.space(),
                setup.cheap(),
                setup.constraints(),
                setup.document().seed());
    }

    /** What a space holds; samples keep to its bounds. */
    public static DryRun of(SearchSpace space, CheapMetrics cheap) {
        List<Constraint> bounds = space.bounds().stream().map(Constraint::of).toList();
        return of(space, cheap, bounds, 1);
    }

    private static DryRun of(SearchSpace space, CheapMetrics cheap, List<Constraint> constraints, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> samples = new ArrayList<>();
        int missed = 0;
        while (samples.size() + missed < SAMPLES && missed < MOST_MISSED) {
            Optional<Sample> sample = draw(space, cheap, constraints, random);
            sample.ifPresent(samples::add);
            missed += sample.isPresent() ? 0 : 1;
        }
        return new DryRun(
                space.size().toString(), List.copyOf(samples), Reach.of(space, cheap).ranges());
    }

    /** A design drawn at random and, if need be, moved into the bounds; empty if there is none near. */
    private static Optional<Sample> draw(
            SearchSpace space, CheapMetrics cheap, List<Constraint> constraints, SplittableRandom random) {
        ToDoubleFunction<Genome> violation = genome -> {
            Map<String, Double> costs = cheap.of(genome);
            return costs.isEmpty() && !space.total() ? Double.POSITIVE_INFINITY : Violation.of(constraints, costs);
        };
        return new Repair(space, violation)
                .repair(space.sample(random), random)
                .map(space::canonical)
                .map(genome -> new Sample(genome.toString(), space.text(genome), cheap.of(genome)));
    }
}
