package io.phyla.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An open event stream, read the way a browser reads it. */
final class EventStream implements AutoCloseable {

    private final InputStream stream;
    private final BufferedReader lines;
    final HttpResponse<InputStream> response;
    private final boolean training;
    int comments;

    record Event(long id, String name, JsonNode data) {}

    EventStream(Client client, String watched, long lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = client.request(watched + "/events").header("Accept", "text/event-stream");
        if (lastEventId > 0) {
            request.header("Last-Event-ID", Long.toString(lastEventId));
        }
        response = client.http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        training = watched.startsWith("/v1/trainings");
        stream = response.body();
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** The next event, held to the contract; null at the end of the stream. */
    Event next() throws IOException {
        long id = -1;
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                comments++;
            } else if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                Conformance.valid(schema(name), data);
                return new Event(id, name, Json.MAPPER.readTree(data));
            }
        }
        return null;
    }

    private String schema(String name) {
        return switch (name) {
            case "candidate" -> "CandidateEvent";
            case "final" -> "FinalEvent";
            case "point" -> "PointEvent";
            default -> training ? "TrainingStateEvent" : "StateEvent";
        };
    }

    List<Event> rest() throws IOException {
        List<Event> events = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            events.add(event);
        }
        return events;
    }

    /** Reads lines until so many comments came. */
    void awaitComments(int count) throws IOException {
        while (comments < count) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended after " + comments + " comments");
            }
            if (line.startsWith(":")) {
                comments++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
