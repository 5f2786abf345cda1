package io.phyla.evaluators.training;

import io.phyla.evaluators.training.loss.CrossEntropy.Distillation;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.schema.Param;

/**
 * Which trained network a student learns from, and how much (Hinton et al., 2015; the loss is that of {@link
 * io.phyla.evaluators.training.loss.CrossEntropy}). Network and weights are content that is named, like data: they are large, and
 * their hashes say what a student was taught by.
 */
public record TeacherParameters(
        @Param(
                description = "The teacher's network: the name of a registered JSON file, a network or an export that"
                        + " has one; it takes the images that the student takes",
                min = 1,
                max = 200)
        String network,

        @Param(
                description =
                        "The teacher's weights: the name of a registered safetensors file, or NAME@SHA256 with the"
                                + " hash of weights that were trained here",
                min = 1,
                max = 200)
        String weights,

        @Param(
                description = "What the logits of both are divided by where they are compared",
                min = 0.01,
                max = 1000,
                byDefault = "4")
        double temperature,

        @Param(
                description = "Part of the loss that compares with the teacher; the labels' part has the rest",
                min = 0,
                max = 1,
                byDefault = "0.9")
        double lossWeight) {

    /** With both names as their contents. */
    TeacherParameters pinned(Artifacts artifacts) {
        return new TeacherParameters(artifacts.pinned(network), artifacts.pinned(weights), temperature, lossWeight);
    }

    Distillation distillation() {
        return new Distillation(temperature, lossWeight);
    }
}
