package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was found is taken home over HTTP. */
@Timeout(120)
class ExportLifeTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static ObjectNode document;
    private static String search;
    private static String id;
    private static String member;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
        document = Documents.small(40);
        document.withArray("objectives").addObject().put("metric", "params");
        document.putObject("strategy").put("name", "nsga2");
        search = client.run(document.toString());
        id = search.substring(search.lastIndexOf('/') + 1);
        member = search + "/candidates/"
                + client.get(search + "/front?limit=1")
                        .json()
                        .at("/items/0/number")
                        .asText();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static byte[] bytes(String path) {
        Client.Got got = client.get(path);
        assertThat(got.status()).as(got.json().toString()).isEqualTo(200);
        return got.response().body();
    }

    private static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Test
    void aCandidateLeavesInEveryFormat() {
        for (JsonNode exporter : client.get("/v1/exporters").json().path("items")) {
            String format = exporter.path("name").asText();
            Client.Got got = client.get(member + "/export?format=" + format);
            if (exporter.path("layers_only").asBoolean()) {
                assertThat(got.status()).isEqualTo(400);
                assertThat(got.json().path("detail").asText()).contains("is a network");
                continue;
            }
            assertThat(got.status()).as(got.json().toString()).isEqualTo(200);
            assertThat(got.header("Content-Type"))
                    .isEqualTo(exporter.path("media_type").asText());
            assertThat(got.header("Content-Disposition"))
                    .matches("attachment; filename=\"phyla-" + id + "-\\d+\\."
                            + exporter.path("extension").asText() + "\"");
        }
        assertThat(text(member + "/export?format=svg")).startsWith("<svg ").contains("3x3 conv 2 · BN");
        assertThat(text(member + "/export?format=graphviz")).startsWith("digraph");
        assertThat(text(member + "/export?format=report"))
                .contains("# Candidate ", "phyla search document.json", "n = 1", "Spearman", "(this one)");
    }

    @ParameterizedTest
    @CsvSource({"13, false", "21, true"})
    void onnxRunsInOnnxRuntime(int opset, boolean fold) throws Exception {
        byte[] model = bytes(member + "/export?format=onnx&opset=" + opset + "&fold_batch_norm=" + fold);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor images = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(new float[2 * 3 * 4 * 4]), new long[] {2, 3, 4, 4});
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), images))) {
            assertThat(((OnnxTensor) result.get(0)).getInfo().getShape()).containsExactly(2, 3);
        }
    }

    @Test
    void optionsAreCheckedAllAtOnce() {
        Client.Got refused = client.get(member + "/export?format=onnx&opset=99&fold_batch_norm=maybe&opsett=13");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors"))
                .extracting(each -> each.path("parameter").asText())
                .containsExactlyInAnyOrder("opsett", "opset", "fold_batch_norm");
        assertThat(refused.json().toString()).contains("did you mean 'opset'");
        assertThat(client.get(member + "/export?format=json&opset=21").json().toString())
                .contains("unknown parameter 'opset'");
        assertThat(client.get(search + "/front/export?format=onnx&opset=1").status())
                .isEqualTo(400);
    }

    @Test
    void partsMakeTheWhole() {
        String path = member + "/export?format=safetensors";
        Client.Got whole = client.get(path);
        byte[] bytes = whole.response().body();
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        int half = bytes.length / 2;
        Client.Got first = client.send(client.request(path).header("Range", "bytes=0-" + (half - 1)));
        Client.Got rest = client.send(
                client.request(path).header("Range", "bytes=" + half + "-").header("If-Range", whole.header("ETag")));
        assertThat(first.status()).isEqualTo(206);
        assertThat(first.header("Content-Range")).isEqualTo("bytes 0-" + (half - 1) + "/" + bytes.length);
        assertThat(rest.status()).isEqualTo(206);
        byte[] joined = Arrays.copyOf(first.response().body(), bytes.length);
        System.arraycopy(rest.response().body(), 0, joined, half, bytes.length - half);
        assertThat(joined).isEqualTo(bytes);

        assertThat(client.send(client.request(path).header("Range", "bytes=-8"))
                        .response()
                        .body())
                .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length));
        Client.Got beyond = client.send(client.request(path).header("Range", "bytes=" + bytes.length + "-"));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + bytes.length);
        for (String ignored : List.of("bytes=0-1,4-5", "lines=0-1", "bytes=5-2", "bytes=-", "bytes=x-")) {
            assertThat(client.send(client.request(path).header("Range", ignored))
                            .status())
                    .as(ignored)
                    .isEqualTo(200);
        }
        assertThat(client.send(client.request(path).header("Range", "bytes=0-1").header("If-Range", "\"other\""))
                        .status())
                .as("of another file the whole is sent")
                .isEqualTo(200);
    }

    @Test
    void headAndValidatorsAreThoseOfTheFile() {
        String path = member + "/export?format=onnx";
        Client.Got whole = client.get(path);
        Client.Got head = client.send(client.request(path).HEAD());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length"))
                .isEqualTo(String.valueOf(whole.response().body().length));
        assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(client.send(client.request(path).header("If-None-Match", whole.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(client.get(path + "&opset=13").header("ETag")).isNotEqualTo(whole.header("ETag"));
    }

    /** Refused before memory is taken for it; what needs no weights can be had. */
    @Test
    void tooManyWeightsAreRefusedWithTheReason() {
        ObjectNode huge = Documents.small(10);
        huge.withObject("/space/parameters").put("channels", 256).put("cells", 20);
        String path = client.run(huge.toString());
        String largest = path + "/candidates/"
                + client.get(path + "/candidates?sort=-params&limit=1")
                        .json()
                        .at("/items/0/number")
                        .asText();
        Client.Got refused = client.get(largest + "/export?format=onnx");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("weights", "at most", "formats without weights");
        assertThat(client.get(largest + "/export?format=svg").status()).isEqualTo(200);
    }

    @Test
    void trainedWeightsLeaveWithTheirNetworkAndNoOther() throws Exception {
        JsonNode network = client.get(member + "/export?format=json").json().path("network");
        ObjectNode training = Json.MAPPER.createObjectNode().put("name", "for export");
        training.set("network", network);
        training.putObject("training").put("steps", 4).putObject("recipe").put("batch", 8);
        Client.Got created = client.post(
                "/v1/trainings",
                training.toString(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(created.status()).as(created.json().toString()).isEqualTo(400);
        assertThat(created.json().toString()).contains("classes");

        ObjectNode glyphs = Documents.small(2);
        glyphs.withObject("/space/parameters").put("classes", 12).put("resolution", 16);
        String other = client.run(glyphs.toString());
        JsonNode fits = client.get(other + "/candidates/0/export").json();
        training.set("network", fits.path("network"));
        String trained = client.post(
                        "/v1/trainings",
                        training.toString(),
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .header("Location");
        String trainingId = trained.substring(trained.lastIndexOf('/') + 1);
        JsonNode end = client.awaitEnd(trained);
        assertThat(end.path("ended_by").asText()).isEqualTo("finished");

        byte[] weights = bytes(trained + "/weights");
        assertThat(bytes(trained + "/export?format=safetensors")).isEqualTo(weights);
        String with = other + "/candidates/0/export?training=" + trainingId;
        assertThat(bytes(with + "&format=safetensors")).isEqualTo(weights);
        assertThat(bytes(other + "/candidates/0/export?format=safetensors")).isNotEqualTo(weights);
        assertThat(client.get(with).json().at("/weights/sha256")).isEqualTo(end.path("weights"));
        assertThat(client.get(trained + "/export")
                        .json()
                        .at("/provenance/reproduce")
                        .asText())
                .contains("phyla train phyla-" + trainingId + ".json", "--set steps=4", "--set recipe.batch=8");
        assertThat(client.get(trained + "/export").json().at("/provenance/normalization/mean"))
                .hasSize(3);
        assertThat(text(trained + "/export?format=report"))
                .contains("How it was trained", "recipe.batch", "images = (pixels - numpy.array([");

        Client.Got wrong = client.get(member + "/export?format=onnx&training=" + trainingId);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("detail").asText()).contains("trained another network", "'input'");
        assertThat(client.get(member + "/export?training=nothing").status()).isEqualTo(400);
    }
}
