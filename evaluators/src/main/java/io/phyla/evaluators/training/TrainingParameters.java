package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Datasets;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.schema.Param;
import org.jspecify.annotations.Nullable;

/** What is asked for when a network is trained. */
public record TrainingParameters(
        @Param(
                description = "Data set: glyphs or gratings, which are built in, or the name of a registered file",
                min = 1,
                max = 200,
                byDefault = "\"glyphs\"")
        String data,

        @Param(
                description = "Passes over the training images; the last step of one may reach into the next",
                min = 1,
                max = 100000,
                byDefault = "10")
        int epochs,

        @Param(description = "Steps in all; if given, it counts instead of the epochs", min = 1, max = 1e9) @Nullable
        Long steps,

        @Param(
                description = "Steps between two points of the learning curve; validation is at the end of each epoch",
                min = 1,
                max = 1000000,
                byDefault = "50")
        int curveSteps,

        @Param(description = "First weights, order of the images and their augmentation", byDefault = "1")
        long seed,

        @Param(description = "How it is trained", byDefault = "{}")
        Recipe recipe,

        @Param(
                description =
                        "A trained network that it learns from beside the labels (distillation); if left out, none")
        @Nullable
        TeacherParameters teacher) {

    /** With the names of data and teacher as their contents. */
    TrainingParameters pinned(Artifacts artifacts) {
        return new TrainingParameters(
                Datasets.pinned(data, artifacts),
                epochs,
                steps,
                curveSteps,
                seed,
                recipe,
                teacher == null ? null : teacher.pinned(artifacts));
    }

    /** Steps of the whole training. */
    long allSteps(Epochs own) {
        return steps == null ? own.end(epochs) : steps;
    }
}
