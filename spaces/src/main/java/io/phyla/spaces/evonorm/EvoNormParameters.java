package io.phyla.spaces.evonorm;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.schema.Param;

/**
 * What is fixed for all layers of a space.
 *
 * @param series B has moments of the batch, S has none, so that samples never see each other
 */
public record EvoNormParameters(
        @Param(
                description = "b: with moments of the batch, for batches of 8 and more. s: without, for any batch.",
                byDefault = "\"b\"")
        Series series,

        @Param(
                description = "Nodes of the graph; the last one is the output. The paper has 10.",
                min = 1,
                max = 64,
                byDefault = "10")
        int nodes,

        @Param(
                description = "Whether nodes may take moments; without, the space is one of activations.",
                byDefault = "true")
        boolean moments,

        @Param(
                description = "Channels of a group for moments over groups; 0 for 32 groups.",
                min = 0,
                max = 4096,
                byDefault = "0")
        int groupSize,

        @Param(
                description = "What keeps roots, logarithms and divisors away from 0.",
                min = 1e-12,
                max = 0.1,
                byDefault = "0.00001")
        double epsilon) {

    /** The paper's: 10 nodes, moments, 32 groups. */
    public static EvoNormParameters of(Series series) {
        return new EvoNormParameters(series, 10, true, 0, LayerProgram.EPSILON);
    }
}
