package io.phyla.api.export.format;

import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Param;

/** The tensors that a layer by itself is written for; networks say that themselves, and take no notice. */
public record LayerShape(
        @Param(description = LayerShape.CHANNELS, min = 1, max = LayerShape.MOST, byDefault = "32")
        int channels,

        @Param(description = LayerShape.HEIGHT, min = 1, max = LayerShape.MOST, byDefault = "16")
        int height,

        @Param(description = LayerShape.WIDTH, min = 1, max = LayerShape.MOST, byDefault = "16")
        int width) {

    static final String CHANNELS = "Channels that a layer by itself is written for; a network has its own";
    static final String HEIGHT = "Rows of the maps that a layer by itself is written for";
    static final String WIDTH = "Columns of the maps that a layer by itself is written for";
    static final int MOST = 4096;

    Shape shape() {
        return new Shape(channels, height, width);
    }
}
