package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.ResNet;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Uploads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a space of somebody's own goes through, over HTTP. */
class SpaceLifeTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static ObjectNode ready(String name) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(
                Path.of("..", "runs", "spaces", name + ".json").toFile());
    }

    @Test
    void isKeptByItsContent() throws IOException {
        ObjectNode document = ready("small-cnn");
        Client.Got made = client.post("/v1/spaces", document.toString(), "Idempotency-Key", "small");
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().path("id").asText();
        assertThat(made.header("Location")).isEqualTo("/v1/spaces/" + id);
        assertThat(made.json().path("name").asText()).isEqualTo("A small CNN for 32x32 images");
        assertThat(made.json().path("samples")).hasSize(10).allSatisfy(sample -> {
            assertThat(sample.at("/costs/params").asDouble()).isPositive().isLessThanOrEqualTo(150_000);
            Client.Got drawing = client.get(sample.path("drawing").asText());
            assertThat(drawing.status()).isEqualTo(200);
            assertThat(new String(drawing.response().body(), StandardCharsets.UTF_8))
                    .startsWith("<svg");
        });
        assertThat(made.json().at("/ranges/params/min").asDouble())
                .isLessThan(made.json().at("/ranges/params/max").asDouble());

        ObjectNode otherOrder = Json.MAPPER.createObjectNode();
        document.properties().stream()
                .toList()
                .reversed()
                .forEach(each -> otherOrder.set(each.getKey(), each.getValue()));
        Client.Got again = client.post("/v1/spaces", otherOrder.toPrettyString(), "Idempotency-Key", "small");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json())
                .isEqualTo(made.json())
                .isEqualTo(client.get("/v1/spaces/" + id).json());
        assertThat(client.post("/v1/spaces", ready("conditional-attention").toString(), "Idempotency-Key", "small")
                        .status())
                .isEqualTo(422);
        Client.Got home = client.get("/v1/spaces/" + id + "/document");
        assertThat(home.json()).isEqualTo(document);
        Path file = Files.write(directory.resolve("home.json"), home.response().body());
        assertThat(FileArtifacts.sha256(file)).isEqualTo(id);
        assertThat(client.all("/v1/spaces:stored?limit=1"))
                .extracting(each -> each.path("id").asText())
                .contains(id);
        assertThat(client.get("/v1/spaces/" + id + "/drawing?genome=0").status())
                .isEqualTo(400);
    }

    /** The list that was there before goes on saying what kinds of space there are. */
    @Test
    void kindsOfSpaceAreListedAsBefore() {
        assertThat(client.get("/v1/spaces").json().path("items"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("compared", "evonorm", "nb201", "template");
        assertThat(client.get("/v1/schemas/space").json().path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void isSearchedByItsIdAndLivesOnInTheSearch() throws IOException {
        Client.Got made =
                client.post("/v1/spaces", ready("conditional-attention").toString());
        String id = made.json().path("id").asText();
        ObjectNode search = Documents.small(12);
        search.withObject("/space")
                .put("name", "template")
                .putObject("parameters")
                .put("id", id);
        search.putArray("objectives").addObject().put("metric", "params");
        JsonNode valid = client.validate(search.toString()).json();
        assertThat(valid.path("valid").asBoolean()).as("%s", valid).isTrue();
        assertThat(valid.at("/document/space/parameters/document"))
                .isEqualTo(client.get("/v1/spaces/" + id + "/document").json());
        assertThat(valid.at("/document/space/parameters").has("id")).isFalse();

        String path = client.run(search.toString());
        assertThat(client.delete("/v1/spaces/" + id).status()).isEqualTo(204);
        assertThat(client.get("/v1/spaces/" + id).status()).isEqualTo(404);
        JsonNode best =
                client.get(path + "/candidates?sort=params&limit=1").json().at("/items/0");
        assertThat(best.path("text").asText()).contains("attention=");
        assertThat(client.get(path + "/candidates/" + best.path("number").asLong() + "/network")
                        .json()
                        .path("nodes"))
                .isNotEmpty();
        JsonNode refused = client.validate(search.toString()).json();
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/space/parameters/id");
    }

    /** Every candidate keeps the space's own constraint, which the search document does not repeat. */
    @Test
    void constraintsOfTheSpaceHoldInTheSearch() throws IOException {
        ObjectNode search = Documents.small(30);
        search.withObject("/space")
                .put("name", "template")
                .putObject("parameters")
                .set("document", ready("small-cnn"));
        search.putArray("objectives").addObject().put("metric", "params").put("direction", "maximize");
        String path = client.run(search.toString());
        assertThat(client.all(path + "/candidates?state=measured&limit=100"))
                .hasSize(30)
                .allSatisfy(each ->
                        assertThat(each.at("/measurements/params").asDouble()).isLessThanOrEqualTo(150_000));
    }

    @Test
    void aModelOfOnesOwnIsPutIntoTheDocument() throws IOException {
        Path network = Files.writeString(
                directory.resolve("network.json"),
                NetworkJson.write(new ResNet(new Shape(3, 32, 32), 1, 16, 10).build())
                        .toString());
        String sha256 = FileArtifacts.sha256(network);
        service.artifacts.adopt(network, sha256);
        String model = "ab".repeat(32);
        new Uploads(service.database, service.journal)
                .add(new Upload(
                        Upload.Kind.MODEL, model, "mine", 1, 1, "{\"network\":\"" + sha256 + "\"}", Set.of(sha256)));
        String document = ready("around-a-model").toString().replace("MODEL", model);
        Client.Got made = client.post("/v1/spaces", document);
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        JsonNode kept = client.get(made.header("Location") + "/document").json();
        assertThat(kept.at("/models/" + model + "/nodes")).isNotEmpty();
        Client.Got unknown = client.post("/v1/spaces", document.replace(model, "cd".repeat(32)));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/errors/0/pointer").asText()).isEqualTo("/layers/0/id");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws IOException {
        ObjectNode document = ready("small-cnn");
        ((ObjectNode) document.at("/layers/0")).put("chanels", 3);
        ((ObjectNode) document.at("/layers/6")).put("op", "global_poling");
        document.putArray("constraints")
                .addObject()
                .put("metric", "params")
                .put("min", 10)
                .put("max", 1);
        Client.Got refused = client.post("/v1/spaces", document.toString());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("type").asText()).isEqualTo("/problems/invalid-space");
        assertThat(refused.json().path("errors"))
                .extracting(each -> each.path("pointer").asText())
                .containsExactlyInAnyOrder("/layers/0/chanels", "/layers/6/op", "/constraints/0");
        JsonNode tried = client.post("/v1/spaces:validate", document.toString()).json();
        assertThat(tried.path("valid").asBoolean(true)).isFalse();
        assertThat(tried.path("errors")).isEqualTo(refused.json().path("errors"));
    }

    @Test
    void saysWhatCanBeReachedWhereAConstraintCannot() throws IOException {
        ObjectNode document = ready("small-cnn");
        document.putArray("constraints").addObject().put("metric", "params").put("max", 10);
        Client.Got refused = client.post("/v1/spaces", document.toString());
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/constraints/0/max");
        assertThat(refused.json().at("/errors/0/detail").asText()).contains("between");
        assertThat(List.of("null", "[]", "3", "\"x\"", "{}"))
                .allSatisfy(each ->
                        assertThat(client.post("/v1/spaces", each).status()).isEqualTo(400));
    }

    @Test
    void aTrialShowsSamplesWithDrawings() throws IOException {
        JsonNode tried =
                client.post("/v1/spaces:validate", ready("nb201").toString()).json();
        assertThat(tried.path("valid").asBoolean()).isTrue();
        assertThat(tried.path("size").asText()).isEqualTo("15625");
        assertThat(tried.path("samples"))
                .hasSize(10)
                .allSatisfy(sample -> assertThat(sample.path("svg").asText()).startsWith("<svg"));
    }
}
