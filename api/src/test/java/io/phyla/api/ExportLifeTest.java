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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes()))
                        .isNull();
            }
        }
        return files;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return Json.MAPPER.readTree(bytes);
    }

    @Test
    void aCandidateLeavesInEveryFormat() {
        for (JsonNode exporter : client.get("/v1/exporters").json().path("items")) {
            String format = exporter.path("name").asText();
            Client.Got got = client.get(member + "/export?format=" + format);
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

    @Test
    void aFrontIsAZipInAnyFormat() throws Exception {
        List<JsonNode> front = client.all(search + "/front?limit=100");
        Client.Got got = client.get(search + "/front/export?format=onnx&opset=17");
        assertThat(got.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"phyla-" + id + "-front-onnx.zip\"");
        Map<String, byte[]> files = unzipped(got.response().body());
        for (JsonNode each : front) {
            String number = each.path("number").asText();
            assertThat(files.remove("phyla-" + id + "-" + number + ".onnx"))
                    .isEqualTo(bytes(search + "/candidates/" + number + "/export?format=onnx&opset=17"));
        }
        assertThat(files).containsOnlyKeys("MANIFEST.json", "SHA256SUMS");
    }

    @Test
    void aSearchIsAZipThatSaysWhatIsInIt() throws Exception {
        Client.Got got = client.get(search + "/export");
        assertThat(got.header("Content-Disposition")).isEqualTo("attachment; filename=\"phyla-" + id + ".zip\"");
        byte[] zip = got.response().body();
        Map<String, byte[]> files = unzipped(zip);
        JsonNode manifest = json(files.get("MANIFEST.json"));
        assertThat(manifest.path("complete").asBoolean()).isTrue();
        assertThat(manifest.path("ended_by").asText()).isEqualTo("evaluations");
        assertThat(manifest.path("left_out")).isEmpty();
        assertThat(manifest.path("files"))
                .extracting(each -> each.path("name").asText())
                .containsExactlyElementsOf(files.keySet().stream()
                        .filter(each -> !each.equals("MANIFEST.json") && !each.equals("SHA256SUMS"))
                        .toList());
        for (JsonNode each : manifest.path("files")) {
            assertThat(files.get(each.path("name").asText()))
                    .hasSize(each.path("bytes").asInt());
        }
        int formats = client.get("/v1/exporters").json().path("items").size();
        int members = client.all(search + "/front?limit=100").size();
        assertThat(files.keySet().stream().filter(each -> each.startsWith("front/")))
                .hasSize(formats * members);
        assertThat(json(files.get("document.json"))).isEqualTo(document);
        assertThat(json(files.get("document.complete.json")))
                .isEqualTo(client.get(search).json().path("document"));
        assertThat(new String(files.get("README.md"), StandardCharsets.UTF_8))
                .contains("phyla search document.json")
                .doesNotContain("had not ended");
    }

    /** By the program that everybody has. */
    @Test
    void sumsAreThoseOfTheFiles() throws Exception {
        Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
        for (Map.Entry<String, byte[]> each :
                unzipped(bytes(search + "/export")).entrySet()) {
            Path file = unpacked.resolve(each.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, each.getValue());
        }
        Process check = new ProcessBuilder("sha256sum", "-c", "--strict", "SHA256SUMS")
                .directory(unpacked.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static List<String> rows(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void journalHasEveryCandidate() throws Exception {
        List<String> rows = rows(unzipped(bytes(search + "/export")).get("journal.csv"));
        assertThat(rows.getFirst()).startsWith("number,state,genome,text,").endsWith(",noop,params,peak_memory");
        List<JsonNode> candidates = client.all(search + "/candidates?sort=number&limit=500");
        assertThat(rows.stream().skip(1).map(each -> each.substring(0, each.indexOf(','))))
                .containsExactlyInAnyOrderElementsOf(candidates.stream()
                        .map(each -> each.path("number").asText())
                        .toList());
        JsonNode first = candidates.getFirst();
        assertThat(rows.stream().filter(each -> each.startsWith("0,")))
                .singleElement()
                .asString()
                .startsWith("0,measured," + first.path("genome").asText() + ",")
                .contains("," + first.at("/measurements/params").asText() + ",");
    }

    /** The document out of the archive, run again, comes to the same front. */
    @Test
    void whatTheArchiveSaysMakesItAgain() throws Exception {
        Map<String, byte[]> files = unzipped(bytes(search + "/export"));
        String again = client.run(new String(files.get("document.json"), StandardCharsets.UTF_8));
        assertThat(results(again)).isEqualTo(results(search));
        String complete = client.run(new String(files.get("document.complete.json"), StandardCharsets.UTF_8));
        assertThat(results(complete)).isEqualTo(results(search));
    }

    private static List<String> results(String path) {
        List<String> results = new ArrayList<>();
        client.all(path + "/front?limit=100")
                .forEach(each ->
                        results.add(each.path("number") + " " + each.path("genome") + " " + each.path("measurements")));
        return results;
    }

    /** Not even when it is made anew by the next process. */
    @Test
    void theArchiveOfAnEndedSearchNeverChanges() {
        Path own = directory.resolve("own");
        String path;
        Client.Got once;
        try (Service first = Service.start(own);
                Client reader = first.client()) {
            path = reader.run(Documents.small(5).toString());
            once = reader.get(path + "/export");
        }
        try (Service second = Service.start(own);
                Client reader = second.client()) {
            Client.Got again = reader.get(path + "/export");
            assertThat(again.response().body()).isEqualTo(once.response().body());
            assertThat(again.header("ETag")).isEqualTo(once.header("ETag"));
        }
    }

    @Test
    void aHalfFinishedSearchSaysSo() throws Exception {
        String path = client.start(Documents.endless(5).toString());
        while (client.get(path).json().at("/progress/proposed").asInt() < 10) {
            Thread.sleep(5);
        }
        client.post(path + ":pause");
        while (!client.get(path).json().path("state").asText().equals("paused")
                || client.get(path).json().at("/progress/in_flight").asInt() > 0) {
            Thread.sleep(5);
        }
        String proposed = client.get(path).json().at("/progress/proposed").asText();
        Client.Got got = client.get(path + "/export");
        assertThat(got.header("Content-Disposition")).contains("-unfinished-" + proposed + ".zip");
        Map<String, byte[]> files = unzipped(got.response().body());
        JsonNode manifest = json(files.get("MANIFEST.json"));
        assertThat(manifest.path("complete").asBoolean()).isFalse();
        assertThat(manifest.path("state").asText()).isEqualTo("paused");
        assertThat(manifest.path("proposed").asText()).isEqualTo(proposed);
        String said = "had not ended when this was written: it was paused, with " + proposed + " candidates";
        assertThat(new String(files.get("README.md"), StandardCharsets.UTF_8)).contains(said);
        assertThat(new String(files.get("report.md"), StandardCharsets.UTF_8)).contains(said);
        assertThat(rows(files.get("journal.csv"))).hasSize(1 + Integer.parseInt(proposed));
        String first = path + "/candidates/0/export?format=report";
        assertThat(text(first)).contains(said);
        client.post(path + ":cancel");
        client.awaitEnd(path);
        assertThat(text(first)).doesNotContain("had not ended");
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
