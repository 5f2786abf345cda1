package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.onnx.OnnxOptions;
import io.phyla.evaluators.onnx.OnnxWriter;
import io.phyla.evaluators.weights.Weights;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.ResNet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that README prints about spaces of one's own, as a shell runs them. */
class ReadmeSpacesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path directory;

    private static Service service;
    private static List<String> blocks;

    @BeforeAll
    static void start() throws IOException {
        service = Service.start(
                new ServiceOptions(directory.resolve("data"), "127.0.0.1", 0, "1", Map.of(), List.of(), true));
        blocks = blocks(Files.readString(ROOT.resolve("README.md")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** What stands between three ticks in the section, without a language: lines for a shell. */
    private static List<String> blocks(String readme) {
        String section = readme.substring(readme.indexOf("### A space of your own"));
        section = section.substring(0, section.indexOf("\n### "));
        Matcher matcher =
                Pattern.compile("```\n(curl.*?|MODEL.*?)```", Pattern.DOTALL).matcher(section);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertThat(found).hasSize(2);
        return found;
    }

    /** @return what the shell said */
    private static String run(String lines) throws IOException, InterruptedException {
        String local = lines.replace("http://127.0.0.1:8080/", service.address().toString());
        Path script = Files.writeString(directory.resolve("script"), "set -e\n" + local);
        Path said = directory.resolve("said");
        int status = new ProcessBuilder("bash", script.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        String text = Files.readString(said);
        assertThat(status).as(text).isZero();
        return text;
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body());
    }

    /** Waits for the search in the last answer and takes its best home. */
    private static JsonNode best(String said) throws IOException, InterruptedException {
        Matcher id = Pattern.compile("\\{\"id\":\"([^\"]{1,40})\"").matcher(said);
        String found = "";
        while (id.find()) {
            found = id.group(1);
        }
        String search = "v1/searches/" + found;
        while (!get(search).hasNonNull("ended_by")) {
            Thread.sleep(100);
        }
        assertThat(get(search).path("ended_by").asText()).isIn("evaluations", "exhausted");
        long number = get(search + "/front").at("/items/0/number").asLong();
        return get(search + "/candidates/" + number + "/export");
    }

    @Test
    void aSmallNetworkIsTriedKeptSearchedAndDownloaded() throws Exception {
        String said = run(blocks.getFirst());
        assertThat(said).contains("\"valid\":true");
        assertThat(best(said).at("/network/nodes")).isNotEmpty();
    }

    @Test
    void attentionUnderACondition() throws Exception {
        JsonNode best = best(run(blocks.getFirst().replace("small-cnn", "conditional-attention")));
        assertThat(best.at("/network/nodes")).isNotEmpty();
    }

    @Test
    void aroundAModelOfOnesOwn() throws Exception {
        Network network = new ResNet(new Shape(3, 32, 32), 1, 8, 10).build();
        Path model = directory.resolve("mine.onnx");
        try (OutputStream out = Files.newOutputStream(model)) {
            OnnxWriter.write(network, Weights.initial(network, 1), new OnnxOptions(21, false), out);
        }
        JsonNode best = best(run(blocks.getLast().replace("model.onnx", model.toString())));
        assertThat(best.at("/network/nodes").toString()).contains("backbone.");
    }
}
