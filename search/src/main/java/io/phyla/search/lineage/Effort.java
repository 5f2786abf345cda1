package io.phyla.search.lineage;

import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;

/** What looking at a design costs, counted so that it is the same on every machine. */
public final class Effort {

    private static final int LAYERS_ASSUMED = 1000;

    private Effort() {}

    /** Its decisions are read and its layers built; a guess where the genome stands for nothing. */
    public static long of(SearchSpace space, Genome genome) {
        try {
            return genome.size()
                    + switch (space.decode(genome)) {
                        case Network network -> network.nodes().size();
                        case LayerProgram program -> program.nodes().size();
                    };
        } catch (IllegalArgumentException e) {
            if (space.total()) {
                throw e;
            }
            return genome.size() + LAYERS_ASSUMED;
        }
    }
}
