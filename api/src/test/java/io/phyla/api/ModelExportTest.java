package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came in as a model goes out again in every format, and computes the same. */
@Timeout(120)
class ModelExportTest {

    private static final byte[] MODEL = Models.bytes(5);
    private static final int BATCH = 3;

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static String path;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
        path = upload("<b>A%20|%20model");
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static String upload(String name) {
        Client.Got got = client.upload(
                "/v1/models?name="
                        + name.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C"),
                MODEL);
        assertThat(got.status()).as("%s", got.json()).isBetween(200, 201);
        return got.header("Location");
    }

    private static float[] outputs(byte[] model, float[] images) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), new long[] {BATCH, 3, 8, 8});
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] all = new float[values.remaining()];
            values.get(all);
            return all;
        }
    }

    @ParameterizedTest
    @CsvSource({"13, false", "21, true", "26, false"})
    void computesTheSameInOnnxRuntime(int opset, boolean fold) throws Exception {
        Client.Got got = client.get(path + "/export?format=onnx&opset=" + opset + "&fold_batch_norm=" + fold);
        assertThat(got.status()).isEqualTo(200);
        SplittableRandom random = new SplittableRandom(opset);
        float[] images = new float[BATCH * 3 * 8 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        float[] before = outputs(MODEL, images);
        assertThat(before).hasSize(BATCH * 10);
        assertThat(outputs(got.response().body(), images)).containsExactly(before, within(1e-4f));
    }

    @Test
    void leavesInEveryFormat() {
        for (JsonNode exporter : client.get("/v1/exporters").json().path("items")) {
            Client.Got got =
                    client.get(path + "/export?format=" + exporter.path("name").asText());
            if (exporter.path("layers_only").asBoolean()) {
                assertThat(got.status()).isEqualTo(400);
                continue;
            }
            assertThat(got.status()).as(got.json().toString()).isEqualTo(200);
            assertThat(got.header("Content-Type"))
                    .isEqualTo(exporter.path("media_type").asText());
            assertThat(got.header("Content-Disposition"))
                    .matches("attachment; filename=\"phyla-[0-9a-f]{16}\\."
                            + exporter.path("extension").asText() + "\"");
        }
        assertThat(client.get(path + "/export?format=safetensors").response().body())
                .isEqualTo(client.get(path + "/weights").response().body());
        assertThat(client.get(path + "/export?format=onnx&opsett=1").status()).isEqualTo(400);
    }

    @Test
    void saysWhereItComesFrom() {
        JsonNode model = client.get(path).json();
        JsonNode export = client.get(path + "/export").json();
        assertThat(export.path("network").path("nodes"))
                .isEqualTo(client.get(path + "/network").json().path("nodes"));
        assertThat(export.at("/weights/sha256")).isEqualTo(model.path("weights"));
        for (String each : new String[] {"opset", "producer", "notes", "bytes", "created_at"}) {
            assertThat(export.path("provenance").path(each)).as(each).isEqualTo(model.path(each));
        }
        String report =
                new String(client.get(path + "/export?format=report").response().body(), StandardCharsets.UTF_8);
        assertThat(report)
                .startsWith("# Model “\\<b\\>A \\| model”")
                .contains(model.path("id").asText(), "operator set 17", "phyla upload model FILE");
    }

    /** A file that is made of a model goes with it, and comes back under its new name. */
    @Test
    void isGoneWhenTheModelIsDeleted() {
        String before = client.get(path + "/export?format=report").header("ETag");
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path + "/export?format=report").status()).isEqualTo(404);
        assertThat(upload("other")).isEqualTo(path);
        Client.Got again = client.get(path + "/export?format=report");
        assertThat(again.header("ETag")).isNotEqualTo(before);
        client.delete(path);
        upload("<b>A%20|%20model");
    }
}
