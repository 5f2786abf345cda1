package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.lineage.Effort;
import io.phyla.search.lineage.Repair;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * What a document would search, without searching.
 *
 * @param size designs in the space, as a decimal number
 */
public record DryRun(String size, List<Sample> samples, Map<String, Reach.Range> ranges) {

    private static final int SAMPLES = 10;

    /** Where constraints leave next to nothing, most draws end outside of them. */
    private static final int MOST_DRAWS = 100;

    private static final long MOST_LAYERS = 4_000_000;

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
        AtomicLong left = new AtomicLong(MOST_LAYERS / Effort.of(space, space.sample(new SplittableRandom(seed))));
        for (int i = 0; i < MOST_DRAWS && samples.size() < SAMPLES && left.get() > 0; i++) {
            draw(space, cheap, constraints, random, left).ifPresent(samples::add);
        }
        return new DryRun(
                space.size().toString(),
                List.copyOf(samples),
                Reach.of(space, cheap).ranges());
    }

    /** A design drawn at random and, if need be, moved into the bounds; empty if there is none near. */
    private static Optional<Sample> draw(
            SearchSpace space,
            CheapMetrics cheap,
            List<Constraint> constraints,
            SplittableRandom random,
            AtomicLong left) {
        ToDoubleFunction<Genome> violation = genome -> {
            left.decrementAndGet();
            Map<String, Double> costs = cheap.of(genome);
            return costs.isEmpty() && !space.total() ? Double.POSITIVE_INFINITY : Violation.of(constraints, costs);
        };
        return new Repair(space, violation)
                .repair(space.sample(random), random)
                .map(space::canonical)
                .map(genome -> new Sample(genome.toString(), space.text(genome), cheap.of(genome)));
    }
}
