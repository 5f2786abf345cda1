package io.phyla.search.lineage;

import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.List;
import java.util.random.RandomGenerator;

/** Takes every unit of decisions from one of two parents, each with probability one half. */
public final class UnitCrossover {

    private final List<int[]> units;

    public UnitCrossover(SearchSpace space) {
        this.units = Units.of(space);
    }

    public Genome cross(Genome first, Genome second, RandomGenerator random) {
        int[] child = first.toArray();
        for (int[] unit : units) {
            if (random.nextBoolean()) {
                for (int decision : unit) {
                    child[decision] = second.option(decision);
                }
            }
        }
        return Genome.of(child);
    }
}
