package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fronts and whole searches as one file, over HTTP. */
@Timeout(120)
class ArchiveLifeTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static ObjectNode document;
    private static String search;
    private static String id;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
        document = Documents.small(40);
        document.withArray("objectives").addObject().put("metric", "params");
        document.putObject("strategy").put("name", "nsga2");
        search = client.run(document.toString());
        id = search.substring(search.lastIndexOf('/') + 1);
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
        int formats = client.get("/v1/exporters").json().path("items").findValuesAsText("layers_only").stream()
                .mapToInt(each -> each.equals("true") ? 0 : 1)
                .sum();
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

    /** Journal, front and reports of one moment, however fast the search goes on. */
    @Test
    void theArchiveOfARunningSearchFitsTogether() throws Exception {
        String path = client.start(Documents.endless(7).toString());
        while (client.get(path).json().at("/progress/measured").asInt() < 20) {
            Thread.sleep(5);
        }
        Map<String, byte[]> files = unzipped(bytes(path + "/export"));
        client.post(path + ":cancel");
        List<String> journal = rows(files.get("journal.csv"));
        long measured =
                journal.stream().filter(each -> each.contains(",measured,")).count();
        assertThat(measured).isPositive();
        Pattern inFront = Pattern.compile("front/.*-(\\d+)\\.md");
        List<String> front = files.keySet().stream()
                .map(inFront::matcher)
                .filter(Matcher::matches)
                .map(each -> each.group(1))
                .toList();
        String report = new String(files.get("report.md"), StandardCharsets.UTF_8);
        String table = report.substring(report.indexOf("## The front"), report.indexOf("## Trivial"));
        assertThat(table.lines().filter(each -> each.matches("\\| \\d+ .*")).map(each -> each.split(" ")[1]))
                .containsExactlyInAnyOrderElementsOf(front);
        assertThat(report.lines().filter(each -> each.startsWith("| params | ")))
                .singleElement()
                .asString()
                .endsWith(" | " + measured + " |");
    }

    /** What a report says of an ended search is the same whether it is asked for alone or comes with the archive. */
    @Test
    void reportsAreTheSameInTheArchiveAndAlone() throws Exception {
        Map<String, byte[]> files = unzipped(bytes(search + "/export"));
        String number = client.get(search + "/front?limit=1")
                .json()
                .at("/items/0/number")
                .asText();
        String name = files.keySet().stream()
                .filter(each -> each.endsWith("-" + number + ".md"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(files.get(name), StandardCharsets.UTF_8))
                .contains("Spearman")
                .isEqualTo(text(search + "/candidates/" + number + "/export?format=report"));
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
}
