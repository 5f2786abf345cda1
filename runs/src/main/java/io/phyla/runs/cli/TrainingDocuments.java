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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A training document from a network's file and single settings. */
final class TrainingDocuments {

    /** Pointers to all settings, outer ones first. */
    private static final List<String> SETTINGS = Stream.of("training", "limits")
            .flatMap(part ->
                    settings('/' + part, RecordSchema.of(TrainingDocument.class).at("/properties/" + part)))
            .toList();

    private static final int LONGEST_NAME = 200;

    private TrainingDocuments() {}

    /** @param source see {@link NetworkSource} */
    static ObjectNode of(String source) throws IOException {
        ObjectNode network = NetworkSource.read(source, Optional.empty());
        String name = NetworkSource.name(source);
        return Json.MAPPER
                .createObjectNode()
                .put("name", name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
                .set("network", network);
    }

    private static Stream<String> settings(String pointer, JsonNode schema) {
        JsonNode members = schema.path("properties");
        if (members.isMissingNode()) {
            return Stream.of(pointer);
        }
        return members.properties().stream()
                .sorted(Comparator.comparing(each -> each.getValue().has("properties")))
                .flatMap(each -> settings(pointer + '/' + each.getKey(), each.getValue()));
    }

    /**
     * Sets a parameter by its own name, or by as much of its path in the document as tells it apart, with dots.
     *
     * @param value JSON, or a text
     * @throws IllegalArgumentException if there is none of this name, with the nearest one
     */
    static void set(ObjectNode document, String key, String value) {
        String end = '/' + key.replace('.', '/');
        String pointer = SETTINGS.stream()
                .filter(each -> each.endsWith(end))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--set " + key + "=...: " + Nearest.unknown("parameter", key, names())));
        int last = pointer.lastIndexOf('/');
        document.withObject(pointer.substring(0, last)).set(pointer.substring(last + 1), read(value));
    }

    private static List<String> names() {
        return SETTINGS.stream()
                .map(each -> each.substring(each.lastIndexOf('/') + 1))
                .toList();
    }

    private static JsonNode read(String value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(value);
        }
    }
}
