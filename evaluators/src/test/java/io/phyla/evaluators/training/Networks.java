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
}
