package io.phyla.runs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phyla.evaluators.training.TrainingDocument;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.RecordSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training document from a network's file and single settings. */
final class TrainingDocuments {

    /** Where a setting may stand; the first that has it takes it. */
    private static final List<String> PLACES = List.of("/training", "/training/recipe", "/limits");

    private static final JsonNode SCHEMA = RecordSchema.of(TrainingDocument.class);
    private static final int LONGEST_NAME = 200;

    private TrainingDocuments() {}

    /** @param file a network as JSON, or an export with one in it */
    static ObjectNode of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a directory, not a network");
        }
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no UTF-8 text", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is no JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        }
        JsonNode network = json.path("network").isObject() ? json.get("network") : json;
        if (!network.path("nodes").isArray()) {
            throw new IllegalArgumentException(
                    file + " holds no network: neither it nor its member 'network' has layers under 'nodes'");
        }
        ObjectNode bare = Json.MAPPER.createObjectNode();
        bare.set("nodes", network.get("nodes"));
        String name = String.valueOf(file.getFileName());
        return Json.MAPPER
                .createObjectNode()
                .put("name", name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
                .set("network", bare);
    }

    /**
     * Sets a parameter by its own name, or by its path in the document with dots.
     *
     * @param value JSON, or a text
     * @throws IllegalArgumentException if there is none of this name, with the nearest one
     */
    static void set(ObjectNode document, String key, String value) {
        List<String> known = new ArrayList<>();
        for (String place : PLACES) {
            JsonNode members = SCHEMA.at(place.replace("/", "/properties/") + "/properties");
            for (String name : (Iterable<String>) members::fieldNames) {
                String path = (place + '/' + name).substring(1).replace('/', '.');
                if (key.equals(name) || key.equals(path)) {
                    document.withObject(place).set(name, read(value));
                    return;
                }
                known.add(name);
            }
        }
        throw new IllegalArgumentException("--set " + key + "=...: " + Nearest.unknown("parameter", key, known));
    }

    private static JsonNode read(String value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(value);
        }
    }
}
