package io.phyla.evaluators.anchor;

import io.phyla.spaces.schema.Param;

/** The second gate: how large gradients become where weights are pushed to make them large. */
public record Stability(
        @Param(
                description =
                        "Steps of ascent on the norm of the loss's gradient; 0: layers are not tried, and there is no"
                                + " worst_gradient",
                min = 0,
                max = 100000,
                byDefault = "100")
        int steps,

        @Param(
                description = "Training images that the loss is taken of, the same in all steps",
                min = 2,
                max = 4096,
                byDefault = "16")
        int batch,

        @Param(description = "What the ascent's steps are multiplied by", min = 1e-9, max = 1000, byDefault = "0.1")
        double rate,

        @Param(description = "Norm above which a layer is rejected", min = 1, max = 1e30, byDefault = "1e8")
        double limit,

        @Param(
                description =
                        "Deviation of what is added to the layer's vectors before the ascent: one that starts as a"
                                + " factor of 0 would hide all gradients",
                min = 0,
                max = 100,
                byDefault = "0.1")
        double perturbation,

        @Param(description = "Whether each anchor is tried, or the cheapest alone", byDefault = "false")
        boolean everyAnchor) {

    boolean on() {
        return steps > 0;
    }
}
