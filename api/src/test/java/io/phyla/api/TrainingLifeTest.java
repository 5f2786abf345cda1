package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training from its document to its weights, over HTTP, on the real service. */
@Timeout(120)
class TrainingLifeTest {

    @TempDir
    Path directory;

    private Service service;
    private Client client;

    @BeforeEach
    void start() {
        service = Service.start(directory);
        client = service.client();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private static ObjectNode document(long steps, int curveSteps) {
        Network.Builder builder = new Network.Builder(new Shape(3, 16, 16));
        int convolution = builder.add("convolution", Layer.Convolution.of(4, 3, 2, 1), 0);
        int relu = builder.add("relu", Layer.Activation.RELU, convolution);
        int mean = builder.add("mean", new Layer.GlobalPooling(), relu);
        builder.add("classes", new Layer.Linear(12, true), mean);
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", "small");
        document.set("network", NetworkJson.write(builder.build()));
        document.putObject("training")
                .put("steps", steps)
                .put("curve_steps", curveSteps)
                .putObject("recipe")
                .put("batch", 8);
        document.putObject("limits").put("checkpoint_seconds", 0);
        return document;
    }

    private Client.Got create(JsonNode document, String key) {
        return client.post("/v1/trainings", document.toString(), "Idempotency-Key", key);
    }

    private String start(long steps, int curveSteps) {
        Client.Got created =
                create(document(steps, curveSteps), UUID.randomUUID().toString());
        assertThat(created.status()).as(created.json().toString()).isEqualTo(202);
        return created.header("Location");
    }

    private void awaitPoints(String path) throws InterruptedException {
        while (client.get(path).json().path("newest").isNull()) {
            Thread.sleep(10);
        }
    }

    private JsonNode awaitState(String path, String state) throws InterruptedException {
        while (true) {
            JsonNode found = client.get(path).json();
            if (found.path("state").asText().equals(state)) {
                return found;
            }
            assertThat(found.path("ended_by").isNull()).as(found.toString()).isTrue();
            Thread.sleep(10);
        }
    }

    @Test
    void trainsToTheEndAndHandsOverCurveAndWeights() throws Exception {
        String path = start(40, 5);
        JsonNode end = client.awaitEnd(path);
        assertThat(end.path("ended_by").asText()).isEqualTo("finished");
        assertThat(end.at("/progress/fraction").asDouble()).isEqualTo(1);
        assertThat(end.at("/newest/validation_accuracy").isNumber()).isTrue();

        JsonNode first = client.get(path + "/curve?limit=3").json();
        assertThat(first.path("items")).hasSize(3);
        assertThat(first.path("next").asLong()).isEqualTo(15);
        JsonNode rest = client.get(path + "/curve?after=15").json();
        assertThat(rest.path("items")).hasSize(5).last().isEqualTo(end.path("newest"));
        assertThat(rest.path("next").isNull()).isTrue();

        Client.Got weights = client.get(path + "/weights");
        String sha256 = end.path("weights").asText();
        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(weights.response().body())))
                .isEqualTo(sha256);
        assertThat(client.send(client.request(path + "/weights").header("If-None-Match", weights.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(client.get(path + "/network").json().path("nodes")).hasSize(5);

        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        try (Stream<Path> files = Files.walk(directory.resolve("artifacts"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("what a deleted training leaves")
                    .isEmpty();
        }
    }

    @Test
    void tellsEveryPointOnceAndTakesUpWhereAReaderWas() throws Exception {
        String path = start(40, 5);
        List<EventStream.Event> all;
        try (EventStream events = new EventStream(client, path, 0)) {
            all = events.rest();
        }
        assertThat(all)
                .extracting(EventStream.Event::id)
                .containsExactlyElementsOf(
                        Stream.iterate(1L, i -> i + 1).limit(all.size()).toList());
        assertThat(all)
                .extracting(EventStream.Event::name)
                .filteredOn("point"::equals)
                .hasSize(8);
        try (EventStream events = new EventStream(client, path, 5)) {
            assertThat(events.rest()).isEqualTo(all.subList(5, all.size()));
        }
        assertThat(client.get(path + "/events?after=" + all.size()).status()).isEqualTo(204);
    }

    @Test
    void pausesGoesOnAndEndsAsIfItHadNotPaused() throws Exception {
        String paused = start(60, 2);
        awaitPoints(paused);
        assertThat(client.post(paused + ":pause").status()).isEqualTo(202);
        awaitState(paused, "paused");
        assertThat(client.delete(paused).status()).isEqualTo(409);
        assertThat(client.get(paused + "/weights").status()).isEqualTo(409);
        assertThat(client.post(paused + ":resume").status()).isEqualTo(202);
        JsonNode end = client.awaitEnd(paused);

        String alone = start(60, 2);
        assertThat(end.path("weights")).isEqualTo(client.awaitEnd(alone).path("weights"));
        assertThat(client.get(paused + "/curve?limit=500").json())
                .isEqualTo(client.get(alone + "/curve?limit=500").json());
        assertThat(client.post(paused + ":pause").status()).isEqualTo(409);
        assertThat(client.delete(paused).status()).isEqualTo(204);
        assertThat(client.get(alone + "/weights").status())
                .as("the other one's weights")
                .isEqualTo(200);
    }

    @Test
    void endsForGoodWhenCancelled() throws Exception {
        String path = start(100_000_000, 2);
        awaitPoints(path);
        assertThat(client.post(path + ":cancel").status()).isEqualTo(202);
        assertThat(client.awaitEnd(path).path("ended_by").asText()).isEqualTo("cancelled");
        assertThat(client.post(path + ":resume").status()).isEqualTo(409);
        assertThat(client.get("/v1/trainings?state=cancelled").json().path("items"))
                .hasSize(1);
        assertThat(client.get("/v1/trainings?state=running").json().path("items"))
                .isEmpty();
    }

    @Test
    void goesOnWithTheNextStartOfTheService() throws Exception {
        String path = start(300, 2);
        awaitPoints(path);
        client.close();
        service.close();
        start();
        JsonNode end = client.awaitEnd(path);
        assertThat(end.path("ended_by").asText()).isEqualTo("finished");
        assertThat(client.all(path + "/curve?limit=500"))
                .extracting(each -> each.path("step").asLong())
                .startsWith(2L)
                .doesNotHaveDuplicates();
        assertThat(end.at("/newest/step").asLong()).isEqualTo(300);
    }

    @Test
    void makesNothingTwiceForOneKey() {
        JsonNode document = document(10, 5);
        Client.Got once = create(document, "key");
        assertThat(create(document, "key").header("Location")).isEqualTo(once.header("Location"));
        assertThat(create(document(12, 5), "key").status()).isEqualTo(422);
        assertThat(client.post("/v1/trainings", document.toString()).status()).isEqualTo(400);
    }

    /** The data of a running training may move on or go away; who asks again asks for the same training. */
    @Test
    void answersARepeatedRequestWhateverHasBecomeOfItsData() throws Exception {
        registerTeacher();
        ObjectNode document = taught();
        Client.Got once = create(document, "key");
        assertThat(once.status()).as(once.json().toString()).isEqualTo(202);
        service.artifacts.register("teacher", Files.writeString(directory.resolve("other"), "no network any more"));
        Client.Got again = create(document, "key");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(once.header("Location"));
        assertThat(create(document, "another key").json().path("errors").toString())
                .contains("/training/teacher/network", "'teacher' is no network");
        client.awaitEnd(once.header("Location"));
    }

    /** The teacher is a training that has ended: its weights by their hash, its network by a name. */
    @Test
    void learnsFromAnotherTraining() throws Exception {
        String hash = registerTeacher();
        Client.Got created = create(taught(), "student");
        assertThat(created.status()).as(created.json().toString()).isEqualTo(202);
        JsonNode end = client.awaitEnd(created.header("Location"));
        assertThat(end.path("ended_by").asText()).isEqualTo("finished");
        assertThat(end.at("/training/teacher/network").asText()).matches("teacher@[0-9a-f]{64}");
        assertThat(end.at("/training/teacher/weights").asText()).isEqualTo("trained@" + hash);
        assertThat(client.get(created.header("Location") + "/curve").json().path("items"))
                .hasSize(4);

        ObjectNode alone = taught();
        alone.withObject("training").remove("teacher");
        String other = create(alone, "alone").header("Location");
        assertThat(client.awaitEnd(other).path("weights")).isNotEqualTo(end.path("weights"));

        ObjectNode wrong = taught();
        wrong.withObject("training")
                .withObject("teacher")
                .put("network", "nobody")
                .put("temperature", -1);
        Client.Got refused = create(wrong, "wrong");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").toString()).contains("/training/teacher/temperature");
        wrong.withObject("training").withObject("teacher").put("temperature", 1);
        assertThat(create(wrong, "wrong").json().path("errors").toString())
                .contains("/training/teacher/network", "'nobody'");
    }

    /** Trains a teacher, registers its network and returns its weights' hash. */
    private String registerTeacher() throws Exception {
        JsonNode end = client.awaitEnd(start(20, 5));
        Path network = Files.writeString(
                directory.resolve("teacher.json"),
                document(1, 1).path("network").toString());
        service.artifacts.register("teacher", network);
        return end.path("weights").asText();
    }

    private ObjectNode taught() {
        ObjectNode document = document(20, 5);
        document.withObject("training")
                .put("seed", 2)
                .putObject("teacher")
                .put("network", "teacher")
                .put(
                        "weights",
                        "trained@"
                                + client.get("/v1/trainings")
                                        .json()
                                        .at("/items/0/weights")
                                        .asText())
                .put("temperature", 2);
        return document;
    }

    @Test
    void namesTheLayerAndEveryOtherMistake() {
        ObjectNode document = document(10, 5);
        ((ObjectNode) document.at("/network/nodes/1")).put("channels", -3);
        document.withObject("training").put("data", "nothing").put("curve_steps", 0);
        Client.Got refused = create(document, "a");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("type").asText()).endsWith("invalid-training");
        assertThat(refused.json().path("errors").toString())
                .contains("'convolution'")
                .contains("/training/curve_steps");

        ObjectNode other = document(10, 5);
        ((ObjectNode) other.at("/network/nodes/4")).put("features", 10);
        assertThat(create(other, "b").json().path("errors").toString())
                .contains("layer 'classes': the network tells 10 classes apart")
                .contains("12");

        other.withObject("training").put("data", "nothing");
        assertThat(create(other, "c").json().path("errors").toString()).contains("/training/data", "--data");
    }
}
