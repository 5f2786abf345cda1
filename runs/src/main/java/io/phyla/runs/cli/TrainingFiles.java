package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.runs.client.ServiceClient;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a training found out, as files to take away. */
final class TrainingFiles {

    private static final List<String> COLUMNS = List.of(
            "step",
            "steps",
            "epoch",
            "learning_rate",
            "training_loss",
            "training_accuracy",
            "validation_loss",
            "validation_accuracy");

    private TrainingFiles() {}

    /** Writes {@code curve.csv}, {@code result.json} and, of a training that has finished, {@code weights.safetensors}. */
    static void write(ServiceClient client, JsonNode training, Path directory)
            throws IOException, InterruptedException {
        String id = training.path("id").asText();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("curve.csv"), curve(client, id));
        ObjectNode result = training.deepCopy();
        result.set("costs", client.trainedNetwork(id).path("costs"));
        Files.write(
                directory.resolve("result.json"),
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        if (training.hasNonNull("weights")) {
            client.weights(id, directory.resolve("weights.safetensors"));
        }
    }

    private static String curve(ServiceClient client, String id) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        JsonNode next = Json.MAPPER.getNodeFactory().numberNode(0);
        while (!next.isNull()) {
            JsonNode page = client.curve(id, next.asLong());
            for (JsonNode point : page.path("items")) {
                List<String> row = COLUMNS.stream()
                        .map(column -> point.path(column).isNull()
                                ? ""
                                : point.path(column).asText())
                        .toList();
                text.append(String.join(",", row)).append('\n');
            }
            next = page.path("next");
        }
        return text.toString();
    }
}
