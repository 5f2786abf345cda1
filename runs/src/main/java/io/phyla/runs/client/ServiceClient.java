package io.phyla.runs.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A blocking client of the REST API. */
public final class ServiceClient implements AutoCloseable {

    private static final int FRESH = 201;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A large export is made before its first byte is sent. */
    private static final Duration MAKING = Duration.ofMinutes(30);

    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([A-Za-z0-9][A-Za-z0-9._-]*)\"");

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    public ServiceClient(URI address) {
        this.address = address;
    }

    /** Starts a search and returns the resource. */
    public JsonNode create(String document) throws IOException, InterruptedException {
        return create("/v1/searches", document);
    }

    public JsonNode search(String id) throws IOException, InterruptedException {
        return json(request("/v1/searches/" + id));
    }

    /** A search's last phase. */
    public JsonNode finish(String id) throws IOException, InterruptedException {
        return json(request("/v1/searches/" + id + "/finish"));
    }

    public JsonNode cancel(String id) throws IOException, InterruptedException {
        return json(request("/v1/searches/" + id + ":cancel").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** One page of the Pareto front; the cursor is empty for the first. */
    public JsonNode front(String id, String cursor) throws IOException, InterruptedException {
        String page = cursor.isEmpty() ? "" : "&cursor=" + cursor;
        return json(request("/v1/searches/" + id + "/front?limit=500" + page));
    }

    /** The formats of exports. */
    public JsonNode exporters() throws IOException, InterruptedException {
        return json(request("/v1/exporters"));
    }

    /**
     * Writes a file of the service, which may be larger than the memory.
     *
     * @param name what to call it; the service's own name for it if there is none
     */
    public Path download(String path, Path directory, Optional<String> name) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        // Not a temporary file of the JDK's, which nobody else could read under its new name.
        Path part = directory.resolve(".download-" + UUID.randomUUID() + ".part");
        try {
            HttpResponse<Path> response = http.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(MAKING)
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(part));
            if (response.statusCode() >= 400) {
                throw new ServiceProblem(response.statusCode(), Json.MAPPER.readTree(part.toFile()));
            }
            Path file = directory.resolve(name.orElseGet(() -> name(response)));
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (ConnectException e) {
            throw new IOException("no service answers at " + address, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The name that the service asks for, without any directory in it. */
    private static String name(HttpResponse<?> response) {
        Matcher named = FILE_NAME.matcher(
                response.headers().firstValue("Content-Disposition").orElse(""));
        return named.find() ? named.group(1) : "export";
    }

    /** Starts a training and returns the resource. */
    public JsonNode train(String document) throws IOException, InterruptedException {
        return create("/v1/trainings", document);
    }

    public JsonNode training(String id) throws IOException, InterruptedException {
        return json(request("/v1/trainings/" + id));
    }

    /** A page of a training's curve after a step. */
    public JsonNode curve(String id, long after) throws IOException, InterruptedException {
        return json(request("/v1/trainings/" + id + "/curve?limit=500&after=" + after));
    }

    public JsonNode trainedNetwork(String id) throws IOException, InterruptedException {
        return json(request("/v1/trainings/" + id + "/network"));
    }

    /** Writes the trained weights. */
    public void weights(String id, Path file) throws IOException, InterruptedException {
        download(
                "/v1/trainings/" + id + "/weights",
                Objects.requireNonNull(file.toAbsolutePath().getParent()),
                Optional.of(String.valueOf(file.getFileName())));
    }

    /**
     * Sends a file as it is on the disk.
     *
     * @param path of the kind of upload
     */
    public Uploaded upload(String path, String name, Path file) throws IOException, InterruptedException {
        String query =
                "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path + query))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<byte[]> response = send(request);
        return new Uploaded(response.statusCode() == FRESH, Json.MAPPER.readTree(response.body()));
    }

    /** What was uploaded, and whether this made it. */
    public record Uploaded(boolean fresh, JsonNode item) {}

    private JsonNode create(String path, String document) throws IOException, InterruptedException {
        return json(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(document)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send(request));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request.build()).body();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("no service answers at " + address, e);
        }
        if (response.statusCode() >= 400) {
            throw new ServiceProblem(response.statusCode(), problem(response));
        }
        return response;
    }

    private static JsonNode problem(HttpResponse<byte[]> response) throws IOException {
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return json
                ? Json.MAPPER.readTree(response.body())
                : Json.MAPPER.createObjectNode().put("detail", new String(response.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
    }
}
