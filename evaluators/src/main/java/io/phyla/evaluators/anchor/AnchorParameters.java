package io.phyla.evaluators.anchor;

import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.training.Recipe;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.spaces.schema.Param;
import java.util.List;

/** On which networks layers are tried, how they are trained, and what rejects them early. */
public record AnchorParameters(
        @Param(
                description =
                        "Data set: glyphs or gratings, which are built in, or the name of a registered file of colour"
                                + " images",
                min = 1,
                max = 200,
                byDefault = "\"glyphs\"")
        String data,

        @Param(
                description = "Networks that the layer is put into, at most one of each architecture",
                min = 1,
                max = 5,
                byDefault = "[{\"network\":\"resnet\"},{\"network\":\"mobilenet\"},{\"network\":\"efficientnet\"}]")
        List<Anchor> anchors,

        @Param(
                description =
                        "What the layer stands for in an anchor: normalization_activation, each pair of the two, or"
                                + " activation, each activation, with batch normalisation before it as it was",
                byDefault = "\"normalization_activation\"")
        Place place,

        @Param(
                description = "Steps that each anchor is trained for, those of the quality gate included",
                min = 1,
                max = 10000000,
                byDefault = "300")
        long steps,

        @Param(description = "How anchors are trained", byDefault = RECIPE)
        Recipe recipe,

        @Param(description = "Rejects what has hardly learned after a few steps", byDefault = "{}")
        Quality quality,

        @Param(description = "Rejects what makes gradients grow without bound", byDefault = "{}")
        Stability stability,

        @Param(
                description = "Images that accuracies are measured on in the end; test is for layers that were chosen"
                        + " already. The quality gate always looks at validation images",
                byDefault = "\"validation\"")
        Images split,

        @Param(
                description =
                        "What stands for a batch's moments where accuracies are measured: calibrated, the means over"
                            + " the recipe's recalibration_batches, 8 if it has none, or exponential, what has moved"
                            + " along with the training",
                byDefault = "\"calibrated\"")
        MovingAverages movingAverages) {

    private static final String RECIPE =
            "{\"batch\":32,\"nesterov\":true,\"weight_decay\":0.0001,\"first_weights\":\"wide\"}";
    private static final int CALIBRATION = 8;

    /** What layers replace. */
    public enum Place {
        NORMALIZATION_ACTIVATION,
        ACTIVATION
    }

    /** Parts of the data that are no training images. */
    public enum Images {
        VALIDATION,
        TEST;

        Split split() {
            return switch (this) {
                case VALIDATION -> Split.VALIDATION;
                case TEST -> Split.TEST;
            };
        }
    }

    /** Ways to stand for a batch's moments. */
    public enum MovingAverages {
        CALIBRATED,
        EXPONENTIAL
    }

    /** @throws IllegalArgumentException naming members that do not go together */
    public AnchorParameters {
        anchors = List.copyOf(anchors);
        if (anchors.stream().map(Anchor::network).distinct().count() < anchors.size()) {
            throw new IllegalArgumentException("anchors: of each architecture there is at most one");
        }
        recipe.schedule(steps);
        if (quality.steps() > steps) {
            throw new IllegalArgumentException(
                    "quality: " + quality.steps() + " steps are more than the " + steps + " of the whole training");
        }
        if (movingAverages == MovingAverages.EXPONENTIAL && recipe.recalibrationBatches() > 0) {
            throw new IllegalArgumentException(
                    "moving_averages: exponential ones are not measured again; leave recalibration_batches out");
        }
    }

    /** The recipe of one anchor. */
    Recipe recipe(Anchor anchor) {
        int batches = switch (movingAverages) {
            case CALIBRATED -> recipe.recalibrationBatches() > 0 ? recipe.recalibrationBatches() : CALIBRATION;
            case EXPONENTIAL -> 0;
        };
        return recipe.with(anchor.learningRate() == null ? recipe.learningRate() : anchor.learningRate(), batches);
    }

    /** The training of one anchor. */
    TrainingParameters training(Anchor anchor, long seed) {
        return new TrainingParameters(data, 1, steps, 1, seed, recipe(anchor), null);
    }
}
