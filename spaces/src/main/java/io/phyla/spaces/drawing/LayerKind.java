package io.phyla.spaces.drawing;

import io.phyla.spaces.design.Layer;

/**
 * What a layer is drawn as. The colours are light fills with dark ink and a middle tone around them, so that a picture can
 * stand on a light page and on a dark one.
 */
enum LayerKind {
    INPUT("#e3e8e6", "#6b7873"),
    CONVOLUTION("#d3e9fb", "#3d7fb8"),
    LINEAR("#d5f0dd", "#3a8f5c"),
    POOLING("#fdeac6", "#b07d1e"),
    JOIN("#e6dcf7", "#7b5bb0"),
    FOLLOWER("#eef1f0", "#7d8b85"),
    RESHAPE("#e3e8e6", "#6b7873"),
    ZERO("#f9dcd9", "#b8544a");

    private final String fill;
    private final String stroke;

    LayerKind(String fill, String stroke) {
        this.fill = fill;
        this.stroke = stroke;
    }

    String fill() {
        return fill;
    }

    String stroke() {
        return stroke;
    }

    static LayerKind of(Layer layer) {
        return switch (layer) {
            case Layer.Input _ -> INPUT;
            case Layer.Convolution _, Layer.TransposedConvolution _ -> CONVOLUTION;
            case Layer.Linear _, Layer.MatrixProduct _ -> LINEAR;
            case Layer.Pooling _, Layer.GlobalPooling _, Layer.Upsample _, Layer.PixelShuffle _ -> POOLING;
            case Layer.Add _, Layer.Multiply _, Layer.Concat _ -> JOIN;
            case Layer.Pad _, Layer.Flatten _ -> RESHAPE;
            case Layer.Zero _ -> ZERO;
            case Layer.BatchNormalization _,
                    Layer.GroupNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _,
                    Layer.Program _,
                    Layer.Activation _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
                    Layer.Dropout _ -> FOLLOWER;
        };
    }
}
