package io.phyla.evaluators.data.stream;

import io.phyla.spaces.schema.Param;

/**
 * How training images are changed at random, in this order: crop, flip, cutout, mixup. Sizes are in pixels of the data set,
 * before images are scaled to what the network takes.
 */
public record Augmentation(
        @Param(
                description =
                        "Random crop: images are padded with black by so many pixels on every side, and a piece of"
                                + " the original size is cut out; 0 for none",
                min = 0,
                max = 64,
                byDefault = "0")
        int crop,

        @Param(description = "Whether half of the images are mirrored, left and right", byDefault = "false")
        boolean flip,

        @Param(
                description = "Cutout (DeVries and Taylor, 2017): side of a square around a random pixel that is set to"
                        + " the training images' mean; 0 for none",
                min = 0,
                max = 512,
                byDefault = "0")
        int cutout,

        @Param(
                description = "Mixup (Zhang et al., ICLR 2018): each image is blended with a random other one, their"
                        + " weights drawn from Beta(alpha, alpha); 0 for none",
                min = 0,
                max = 1,
                byDefault = "0.0")
        double mixup) {

    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, false, 0, 0);

    /** What nearly everybody trains CIFAR with: a crop from 4 pixels of padding, and mirrored images. */
    public static final Augmentation CIFAR = new Augmentation(4, true, 0, 0);

    public Augmentation {
        if (crop < 0 || cutout < 0 || !(mixup >= 0 && mixup <= 1)) {
            throw new IllegalArgumentException("augmentation by a crop of " + crop + ", a cutout of " + cutout
                    + " and a mixup of " + mixup + ": the first two must not be negative, the third in 0 to 1");
        }
    }
}
