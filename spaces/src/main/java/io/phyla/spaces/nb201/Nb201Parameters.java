package io.phyla.spaces.nb201;

import io.phyla.spaces.schema.Param;

/** The macro-structure around the cell. The published networks have 16 channels, 5 cells a stage, 32 (16) pixels. */
public record Nb201Parameters(
        @Param(description = "Channels of the first stage; they double twice.", min = 1, max = 256, byDefault = "16")
        int channels,

        @Param(description = "Cells per stage.", min = 1, max = 20, byDefault = "5")
        int cells,

        @Param(description = "Classes of the data.", min = 2, max = 10000, byDefault = "10")
        int classes,

        @Param(description = "Height and width of the images in pixels.", min = 4, max = 256, byDefault = "32")
        int resolution) {

    /** The published network for CIFAR-10. */
    public static final Nb201Parameters CIFAR10 = new Nb201Parameters(16, 5, 10, 32);

    public Nb201Parameters {
        if (resolution % 4 != 0) {
            throw new IllegalArgumentException(
                    "resolution must be divisible by 4, because it is halved twice, not " + resolution);
        }
    }
}
