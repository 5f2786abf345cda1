package io.phyla.evaluators.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.loss.CrossEntropy.Distillation;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.Artifacts.Artifact;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A trained network that others learn from, found among the artifacts. Its weights stay in their file until they are loaded. */
public final class Teacher {

    /** More than any network that can be read has as text. */
    private static final long MOST_TEXT = 8 << 20;

    private final Content description;
    private final Content weights;
    private final Network network;
    private final Distillation distillation;

    /** An artifact that is there, by the name that was asked for. */
    record Content(String name, String sha256, Path file) {}

    private Teacher(Content description, Content weights, Network network, Distillation distillation) {
        this.description = description;
        this.weights = weights;
        this.network = network;
        this.distillation = distillation;
    }

    /** @throws InvalidDataException if there are no such files, or the first one is no network */
    public static Teacher open(TeacherParameters parameters, Artifacts artifacts) {
        Content description = content("network", parameters.network(), artifacts);
        Content weights = content("weights", parameters.weights(), artifacts);
        return new Teacher(description, weights, network(description), parameters.distillation());
    }

    static Content content(String what, String reference, Artifacts artifacts) {
        Artifact artifact = artifacts.find(reference).orElseThrow(() -> {
            String known = String.join(
                    ", ", artifacts.registered().stream().map(Artifact::name).toList());
            return new InvalidDataException("there are no data '" + reference + "'; register the teacher's " + what
                    + " with --data " + Artifacts.name(reference) + "=FILE. Registered: "
                    + (known.isEmpty() ? "nothing" : known));
        });
        Path file = artifacts
                .open(artifact.sha256())
                .orElseThrow(() -> new InvalidDataException("the content of '" + reference + "' is gone"));
        return new Content(artifact.name(), artifact.sha256(), file);
    }

    static Network network(Content content) {
        List<Problem> problems = new ArrayList<>();
        Network network = NetworkReader.read(json(content), "", problems);
        if (network == null) {
            Problem first = problems.getFirst();
            throw new InvalidDataException(
                    "'" + content.name() + "': " + (first.pointer() + " " + first.detail()).strip());
        }
        return network;
    }

    private static JsonNode json(Content content) {
        try {
            long bytes = Files.size(content.file());
            if (bytes > MOST_TEXT) {
                throw new InvalidDataException("'" + content.name() + "' is no network: of its " + bytes
                        + " bytes at most " + MOST_TEXT + " would be read");
            }
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(content.file()));
            return json.path("network").isObject() ? json.path("network") : json;
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(
                    "'" + content.name() + "' is no network: it is no JSON, line "
                            + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new InvalidDataException("'" + content.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    Network network() {
        return network;
    }

    /** The name of its weights. */
    String weights() {
        return weights.name();
    }

    Distillation distillation() {
        return distillation;
    }

    /**
     * Gives a plan of the network its weights.
     *
     * @throws InvalidDataException if they are not this network's
     */
    void load(Plan plan) {
        try {
            SafeTensors.load(weights.file(), plan);
        } catch (IOException e) {
            throw new InvalidDataException("'" + weights.name() + "': " + e.getMessage(), e);
        }
    }

    /** What a training with this teacher is a function of, beside its parameters. */
    ObjectNode identity() {
        return Json.MAPPER
                .createObjectNode()
                .put("network_sha256", description.sha256())
                .put("weights_sha256", weights.sha256());
    }
}
