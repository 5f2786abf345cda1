package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes candidates as files, one per candidate. */
final class Exports {

    private Exports() {}

    /** Writes the whole Pareto front. */
    static List<Path> front(ServiceClient client, String search, String format, Path directory)
            throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.front(search, cursor);
            for (JsonNode candidate : page.path("items")) {
                files.add(candidate(client, search, candidate.path("number").asLong(), format, directory));
            }
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        return files;
    }

    static Path candidate(ServiceClient client, String search, long number, String format, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path file = directory.resolve("candidate-" + number + "." + format);
        Files.write(file, client.export(search, number, format));
        return file;
    }
}
