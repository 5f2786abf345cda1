package io.phyla.search.document;

import io.phyla.spaces.Genome;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a document would search, without searching.
 *
 * @param size designs in the space, as a decimal number
 */
public record DryRun(String size, List<Sample> samples, Map<String, Reach.Range> ranges) {

    private static final int SAMPLES = 10;

    /** A design drawn at random. */
    public record Sample(String genome, String text, Map<String, Double> costs) {}

    public static DryRun of(SearchSetup setup) {
        SplittableRandom random = new SplittableRandom(setup.document().seed());
        List<Sample> samples = Stream.generate(() -> sample(setup, setup.space().sample(random)))
                .limit(SAMPLES)
                .toList();
        return new DryRun(
                setup.space().size().toString(),
                samples,
                Reach.of(setup.space(), setup.cheap()).ranges());
    }

    private static Sample sample(SearchSetup setup, Genome genome) {
        return new Sample(
                genome.toString(), setup.space().text(genome), setup.cheap().of(genome));
    }
}
