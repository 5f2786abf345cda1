package io.phyla.evaluators.training;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;

/** Networks that tests train. */
public final class Networks {

    private Networks() {}

    /** Two convolutions with normalisation on 3x16x16 images: quick, and enough to tell glyphs apart better than chance. */
    public static Network small(int classes) {
        Network.Builder builder = new Network.Builder(new Shape(3, 16, 16));
        int last = builder.add("first", Layer.Convolution.of(8, 3, 1, 1), 0);
        last = builder.add("first.norm", Layer.BatchNormalization.DEFAULT, last);
        last = builder.add("first.relu", Layer.Activation.RELU, last);
        last = builder.add("second", Layer.Convolution.of(16, 3, 2, 1), last);
        last = builder.add("second.norm", Layer.BatchNormalization.DEFAULT, last);
        last = builder.add("second.relu", Layer.Activation.RELU, last);
        last = builder.add("pool", new Layer.GlobalPooling(), last);
        builder.add("classifier", new Layer.Linear(classes, true), last);
        return builder.build();
    }

    /** Three strided convolutions and a classifier that sees where things are, on 3x32x32 images: learns glyphs in seconds. */
    public static Network glyphs() {
        Network.Builder builder = new Network.Builder(new Shape(3, 32, 32));
        int last = 0;
        for (int channels = 16; channels <= 64; channels *= 2) {
            last = builder.add("convolution" + channels, Layer.Convolution.of(channels, 3, 2, 1), last);
            last = builder.add("norm" + channels, Layer.BatchNormalization.DEFAULT, last);
            last = builder.add("relu" + channels, Layer.Activation.RELU, last);
        }
        builder.add("classifier", new Layer.Linear(12, true), last);
        return builder.build();
    }

    /** Dropout between a convolution with normalisation and the classifier, and before the normalisation, on 3x16x16 images. */
    public static Network dropping(int classes) {
        Network.Builder builder = new Network.Builder(new Shape(3, 16, 16));
        int last = builder.add("convolution", Layer.Convolution.of(8, 3, 2, 1), 0);
        last = builder.add("convolution.drop", new Layer.Dropout(0.3), last);
        last = builder.add("norm", Layer.BatchNormalization.DEFAULT, last);
        last = builder.add("relu", Layer.Activation.RELU, last);
        last = builder.add("pool", new Layer.GlobalPooling(), last);
        last = builder.add("drop", new Layer.Dropout(0.5), last);
        builder.add("classifier", new Layer.Linear(classes, true), last);
        return builder.build();
    }
}
