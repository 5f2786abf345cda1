package io.phyla.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A real HTTP client; whatever comes back is held to the contract. */
final class Client implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    final URI address;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(URI address) {
        this.address = address;
    }

    /** An answer, its body read as JSON where it is JSON. */
    record Got(int status, JsonNode json, HttpResponse<byte[]> response) {

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String type() {
            return json.path("type").asText();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
    }

    Got send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (!response.request().method().equals("HEAD")) {
                Conformance.check(response);
            }
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode body = json && response.body().length > 0
                    ? Json.MAPPER.readTree(response.body())
                    : Json.MAPPER.missingNode();
            return new Got(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Got get(String path) {
        return send(request(path));
    }

    Got delete(String path) {
        return send(request(path).DELETE());
    }

    Got post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    Got post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Got upload(String path, byte[] content, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/octet-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    Got validate(String json) {
        return post("/v1/searches:validate", json);
    }

    Got create(String document) {
        return post(
                "/v1/searches", document, "Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Starts a search and returns its path. */
    String start(String document) {
        Got created = create(document);
        if (created.status() != 201) {
            throw new AssertionError("not created: " + created.json());
        }
        return created.header("Location");
    }

    /** Starts a search and waits for its end. */
    String run(String document) {
        String path = start(document);
        awaitEnd(path);
        return path;
    }

    JsonNode awaitEnd(String path) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode search = get(path).json();
            if (search.hasNonNull("ended_by")) {
                return search;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the search did not end: " + get(path).json());
    }

    /** All items of a list, page by page. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Got page = get(path + cursor);
            if (page.status() != 200) {
                throw new AssertionError("no page: " + page.json());
            }
            page.json().path("items").forEach(items::add);
            cursor = page.json().hasNonNull("next")
                    ? "&cursor=" + page.json().get("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return items;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
