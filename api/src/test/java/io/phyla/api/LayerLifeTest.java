package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates that are layers: what is said of them, what they cost, and how they leave. */
class LayerLifeTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static String search;
    private static String member;

    @BeforeAll
    static void run() throws IOException {
        service = Service.start(directory);
        client = service.client();
        ObjectNode document = Documents.small(12);
        document.putObject("space").put("name", "evonorm");
        search = client.run(document.toString());
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

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void everyCandidateHasADossier() {
        for (JsonNode candidate : client.all(search + "/candidates?limit=100")) {
            JsonNode layer = client.get(search + "/candidates/" + candidate.path("number") + "/layer")
                    .json();
            assertThat(layer.at("/formula/text")).isEqualTo(candidate.path("text"));
            assertThat(layer.path("svg").asText()).startsWith("<svg ");
            assertThat(layer.path("curves")).isNotEmpty();
            assertThat(layer.at("/certificates/moving_averages")).isEqualTo(layer.path("moving_averages"));
            assertThat(layer.path("series").asText())
                    .isEqualTo(layer.path("moving_averages").isEmpty() ? "s" : "b");
        }
    }

    /** As the decisions call them: what leads nowhere is left out and the rest keep their numbers. */
    @Test
    void drawingsNumberNodesAsDecisionsDo() {
        for (JsonNode candidate : client.all(search + "/candidates?limit=100")) {
            Map<String, String> options = new HashMap<>();
            candidate
                    .path("decisions")
                    .forEach(each -> options.put(
                            each.path("name").asText(), each.path("option").asText()));
            Set<String> live = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(List.of("node13"));
            while (!open.isEmpty()) {
                String node = open.pop();
                if (node.startsWith("node") && live.add(node)) {
                    open.add(options.get(node + ".first"));
                    open.add(options.getOrDefault(node + ".second", "x"));
                }
            }
            String path = search + "/candidates/" + candidate.path("number");
            String svg = client.get(path + "/layer").json().path("svg").asText();
            String dot = new String(bytes(path + "/export?format=graphviz"), StandardCharsets.UTF_8);
            assertThat(nodes(svg)).isEqualTo(nodes(dot)).isEqualTo(live);
        }
    }

    private static Set<String> nodes(String drawing) {
        return Pattern.compile("node\\d+")
                .matcher(drawing)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aLayerLeavesInEveryFormat() throws Exception {
        for (JsonNode exporter : client.get("/v1/exporters").json().path("items")) {
            bytes(member + "/export?format=" + exporter.path("name").asText());
        }
        assertThat(new String(bytes(member + "/export?format=report"), StandardCharsets.UTF_8))
                .contains("## The layer", "![What it makes of one element", "data:image/svg+xml;base64,");
        JsonNode json = client.get(member + "/export").json();
        assertThat(json.path("program"))
                .isEqualTo(client.get(member + "/layer").json().path("program"));
        assertThat(json.at("/provenance/lineage/0/text")).isEqualTo(json.path("text"));
        Map<String, byte[]> files = unzipped(bytes(member + "/export?format=layer"));
        assertThat(files)
                .containsKeys(
                        "README.md",
                        "formula.txt",
                        "formula.tex",
                        "drawing.svg",
                        "drawing.dot",
                        "curves.json",
                        "curves.svg",
                        "program.json",
                        "layer.py",
                        "layer_keras.py",
                        "layer.onnx",
                        "golden.json",
                        "certificates.json",
                        "lineage.json",
                        "MANIFEST.json",
                        "SHA256SUMS");
        assertThat(new String(files.get("formula.txt"), StandardCharsets.UTF_8).strip())
                .isEqualTo(json.path("text").asText());
        runs(files.get("layer.onnx"), 32, 16, 16);
    }

    @Test
    void theTensorsOfALayerAreChosen() throws Exception {
        runs(bytes(member + "/export?format=onnx&channels=5&height=3&width=2&opset=13"), 5, 3, 2);
        runs(
                unzipped(bytes(member + "/export?format=layer&channels=6&opset=15"))
                        .get("layer.onnx"),
                6,
                16,
                16);
        assertThat(client.get(member + "/export?format=layer&opset=14").status())
                .isEqualTo(400);
    }

    private static void runs(byte[] model, int channels, int height, int width) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {2, channels, height, width};
        float[] zeros = new float[2 * channels * height * width];
        try (OrtSession session = environment.createSession(model);
                OnnxTensor images = OnnxTensor.createTensor(environment, FloatBuffer.wrap(zeros), shape);
                OrtSession.Result result = session.run(Map.of("images", images))) {
            assertThat(((OnnxTensor) result.get(0)).getInfo().getShape()).isEqualTo(shape);
        }
    }

    @Test
    void wholeSearchesAndFrontsLeave() throws Exception {
        Map<String, byte[]> files = unzipped(bytes(search + "/export"));
        assertThat(files.keySet().stream().filter(each -> each.endsWith(".zip")))
                .isNotEmpty();
        assertThat(files.keySet().stream().filter(each -> each.endsWith(".keras.py")))
                .isNotEmpty();
        assertThat(Json.MAPPER.readTree(files.get("MANIFEST.json")).path("left_out"))
                .isEmpty();
        assertThat(unzipped(bytes(search + "/front/export?format=layer"))).hasSizeGreaterThan(2);
    }

    /** Measured in another process, once; it then leaves with the layer. */
    @Test
    void costsAreMeasuredOnce() throws Exception {
        String path = member + "/layer/cost?channels=4&height=4&width=4&batch=8";
        JsonNode cost = client.get(path).json();
        assertThat(cost.at("/training/ratio").asDouble()).isPositive();
        assertThat(cost.at("/inference/bn_relu/n").asInt()).isPositive();
        assertThat(cost.at("/machine/instructions").asText()).isNotBlank();
        assertThat(client.get(path).json()).isEqualTo(cost);
        assertThat(Json.MAPPER.readTree(
                        unzipped(bytes(member + "/export?format=layer")).get("cost.json")))
                .contains(cost);
        Client.Got large = client.get(member + "/layer/cost?channels=4096&height=1024&width=1024&batch=1024");
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.json().path("detail").asText()).contains("at most 2097152");
    }

    @Test
    void networksHaveNoDossier() {
        String networks = client.run(Documents.small(2).toString());
        Client.Got got = client.get(networks + "/candidates/0/layer");
        assertThat(got.status()).isEqualTo(404);
        assertThat(got.json().path("detail").asText()).contains("candidate 0 is a network");
        assertThat(client.get(networks + "/candidates/0/layer/cost").status()).isEqualTo(404);
    }
}
