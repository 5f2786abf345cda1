package io.phyla.spaces.evonorm;

import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;

/** Makes {@link EvoNormSpace}s. */
public final class EvoNormProvider implements SpaceProvider<EvoNormParameters> {

    static final String NAME = "evonorm";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Normalisation-activation layers as graphs of basic operations and moments, after the EvoNorm paper;"
                + " without moments, activations.";
    }

    @Override
    public Class<EvoNormParameters> parameters() {
        return EvoNormParameters.class;
    }

    @Override
    public SearchSpace create(EvoNormParameters parameters) {
        return new EvoNormSpace(parameters);
    }
}
