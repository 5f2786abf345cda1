package io.phyla.spaces.nb201;

import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;

/** Makes {@link Nb201Space}s. */
public final class Nb201Provider implements SpaceProvider<Nb201Parameters> {

    static final String NAME = "nb201";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Cells of NAS-Bench-201: five operations on six edges, in a fixed macro-structure of three stages.";
    }

    @Override
    public Class<Nb201Parameters> parameters() {
        return Nb201Parameters.class;
    }

    @Override
    public SearchSpace create(Nb201Parameters parameters) {
        return new Nb201Space(parameters);
    }
}
