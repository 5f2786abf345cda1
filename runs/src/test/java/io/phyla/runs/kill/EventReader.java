package io.phyla.runs.kill;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads a search's event stream the way a browser does: what arrives here has been acknowledged. */
final class EventReader implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream stream;
    private final BufferedReader lines;

    EventReader(URI service, String search, long after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/searches/" + search + "/events"))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(after))
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP status " + response.statusCode());
        }
        stream = response.body();
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** One event. */
    record Event(long id, String name, JsonNode data) {}

    /** The next event; an IOException when the service is gone. */
    Event next() throws IOException {
        long id = -1;
        String name = "";
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            } else if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                return new Event(id, name, Json.MAPPER.readTree(data.toString()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        http.shutdownNow();
    }
}
