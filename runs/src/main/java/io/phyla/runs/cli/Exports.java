package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import io.phyla.spaces.schema.Nearest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what the service exports as files.
 *
 * @param format an exporter's name
 * @param options its options by name, and others of the request
 */
record Exports(ServiceClient client, String format, Map<String, String> options, Path directory) {

    Exports {
        options = Map.copyOf(options);
    }

    /** Writes the whole Pareto front, a file per candidate. */
    List<Path> front(String search) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.front(search, cursor);
            for (JsonNode candidate : page.path("items")) {
                files.add(candidate(search, candidate.path("number").asLong()));
            }
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        return files;
    }

    Path candidate(String search, long number) throws IOException, InterruptedException {
        return client.download(
                "/v1/searches/" + encoded(search) + "/candidates/" + number + "/export?" + query(),
                directory,
                Optional.of("candidate-" + number + "." + extension()));
    }

    /** Writes everything of a search as a zip file; formats and options are the service's. */
    Path search(String search) throws IOException, InterruptedException {
        return client.download("/v1/searches/" + encoded(search) + "/export", directory, Optional.empty());
    }

    Path training(String training) throws IOException, InterruptedException {
        return client.download(
                "/v1/trainings/" + encoded(training) + "/export?" + query(), directory, Optional.empty());
    }

    Path model(String model) throws IOException, InterruptedException {
        return client.download("/v1/models/" + encoded(model) + "/export?" + query(), directory, Optional.empty());
    }

    private String query() {
        StringBuilder query = new StringBuilder("format=").append(encoded(format));
        new TreeMap<>(options)
                .forEach((name, value) ->
                        query.append('&').append(encoded(name)).append('=').append(encoded(value)));
        return query.toString();
    }

    private String extension() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode each : client.exporters().path("items")) {
            if (each.path("name").asText().equals(format)) {
                return each.path("extension").asText();
            }
            names.add(each.path("name").asText());
        }
        throw new IllegalArgumentException("--format " + format + ": " + Nearest.unknown("exporter", format, names));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
