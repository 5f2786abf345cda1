package io.phyla.search.training;

import org.jspecify.annotations.Nullable;

/**
 * A point of a learning curve. A function of what was asked for: trained again, or taken up at a checkpoint, it comes out
 * the same to the bit.
 *
 * @param step optimiser steps done
 * @param steps of the whole training
 * @param epoch passes over the training images, with the started one's fraction
 * @param learningRate of the last step
 * @param trainingLoss mean over the steps since the point before
 * @param trainingAccuracy share of right answers over the same steps, 0 to 1
 * @param validationLoss null where nothing was validated
 * @param validationAccuracy 0 to 1; null where nothing was validated
 */
public record CurvePoint(
        long step,
        long steps,
        double epoch,
        double learningRate,
        double trainingLoss,
        double trainingAccuracy,
        @Nullable Double validationLoss,
        @Nullable Double validationAccuracy) {}
