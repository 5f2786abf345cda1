package io.phyla.evaluators.training;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Registered networks and weights for tests. */
public record TeacherFiles(Path directory, FileArtifacts artifacts) {

    public static TeacherFiles in(Path directory) {
        return new TeacherFiles(directory, new FileArtifacts(directory.resolve("artifacts")));
    }

    /** Registers a network as {@code NAME} and weights drawn from a seed as {@code NAME-weights}. */
    public TeacherFiles add(String name, Network network, long seed) throws IOException {
        text(name, NetworkJson.write(network).toString());
        Path weights = directory.resolve(name + "-weights");
        try (OutputStream out = Files.newOutputStream(weights)) {
            SafeTensors.write(Weights.initial(network, seed), out);
        }
        return file(name + "-weights", weights);
    }

    public TeacherFiles text(String name, String text) throws IOException {
        return file(name, Files.writeString(directory.resolve(name), text));
    }

    public TeacherFiles file(String name, Path file) throws IOException {
        artifacts.register(name, file);
        return this;
    }

    public Teacher open(TrainingParameters parameters) {
        TeacherParameters teacher = parameters.teacher();
        if (teacher == null) {
            throw new IllegalArgumentException("the parameters name no teacher");
        }
        return Teacher.open(teacher, artifacts);
    }
}
