package io.phyla.evaluators.anchor;

import io.phyla.spaces.schema.Param;

/** The first gate: what has hardly learned after a few steps is not trained on. */
public record Quality(
        @Param(
                description =
                        "Steps of each anchor's training after which it has to have learned something; 0: all layers"
                                + " are trained to the end",
                min = 0,
                max = 1000000,
                byDefault = "100")
        int steps,

        @Param(
                description =
                        "Accuracy that is asked for on the validation images, in multiples of what guessing gives: 1"
                                + " / classes",
                min = 0,
                max = 1000,
                byDefault = "2")
        double factor,

        @Param(
                description = "Validation images that are looked at, the first ones, rounded up to whole batches",
                min = 1,
                max = 1000000,
                byDefault = "512")
        int images) {

    boolean on() {
        return steps > 0;
    }

    /** The smallest accuracy that passes, from 0 to 1. */
    double bound(int classes) {
        return factor / classes;
    }
}
