package io.phyla.runs.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.runs.client.ServiceClient;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A search's journal as the API shows it: every candidate without clock times and worker names. */
final class Journals {

    private static final List<String> RUN_TO_RUN =
            List.of("search", "attempt", "worker", "milliseconds", "finished_at");

    private Journals() {}

    /** All candidates by number. */
    static SortedMap<Long, JsonNode> read(URI service, String search) throws IOException, InterruptedException {
        SortedMap<Long, JsonNode> candidates = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String cursor = "";
            do {
                URI page = service.resolve("/v1/searches/" + search + "/candidates?sort=number&limit=500" + cursor);
                HttpResponse<byte[]> response =
                        http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofByteArray());
                JsonNode body = Json.MAPPER.readTree(response.body());
                for (JsonNode item : body.path("items")) {
                    JsonNode before = candidates.put(
                            item.path("number").asLong(), ((ObjectNode) item.deepCopy()).remove(RUN_TO_RUN));
                    if (before != null) {
                        throw new AssertionError("candidate " + item.path("number") + " stands twice in the journal");
                    }
                }
                cursor = body.hasNonNull("next") ? "&cursor=" + body.get("next").asText() : "";
            } while (!cursor.isEmpty());
        }
        return candidates;
    }

    /** A candidate's export without clock times, worker names and the search's own identifier. */
    static JsonNode download(URI service, String search, long number) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI file = service.resolve("/v1/searches/" + search + "/candidates/" + number + "/export");
            JsonNode export = Json.MAPPER.readTree(
                    http.send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofByteArray())
                            .body());
            ((ObjectNode) export.path("provenance")).remove(RUN_TO_RUN);
            ((ObjectNode) export.at("/provenance/evaluation")).remove(RUN_TO_RUN);
            ((ObjectNode) export.at("/provenance/spent")).remove("seconds");
            return export;
        }
    }

    /** Polls until the search has ended. */
    static JsonNode awaitEnd(URI service, String search) throws IOException, InterruptedException {
        try (ServiceClient client = new ServiceClient(service)) {
            while (true) {
                JsonNode found = client.search(search);
                if (found.hasNonNull("ended_by")) {
                    return found;
                }
                Thread.sleep(100);
            }
        }
    }
}
