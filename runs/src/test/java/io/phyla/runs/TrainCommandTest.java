package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code phyla train} as a person uses it, on the real service. */
class TrainCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(Path network, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                network.toString(),
                "--data-dir",
                directory.resolve("data").toString(),
                "--out",
                directory.resolve("out").toString(),
                "--workers",
                "inline",
                "--batch",
                "32"));
        arguments.addAll(List.of(more));
        return Phyla.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Path write(JsonNode json) throws IOException {
        return Files.writeString(directory.resolve("network.json"), json.toString());
    }

    private Path result(String name) {
        return directory.resolve("out").resolve(name);
    }

    @Test
    void trainsANetworkAndWritesWeightsCurveAndResult() throws Exception {
        int code = train(
                write(SmallNetwork.json()),
                "--data",
                "glyphs",
                "--optimizer",
                "adam",
                "--set",
                "steps=40",
                "--set",
                "curve_steps=10",
                "--set",
                "recipe.learning_rate=0.01");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("/#/trainings/", "weights.safetensors, curve.csv and result.json");
        assertThat(err.toString())
                .contains("[####################] 100 %", "step 40/40", "loss ", "accuracy ", "validated ", "finished");

        assertThat(Files.readAllLines(result("curve.csv")))
                .hasSize(5)
                .first()
                .isEqualTo("step,steps,epoch,learning_rate,training_loss,training_accuracy,validation_loss,"
                        + "validation_accuracy");
        JsonNode json = Json.MAPPER.readTree(result("result.json").toFile());
        assertThat(json.at("/training/recipe/optimizer").asText()).isEqualTo("adam");
        assertThat(json.at("/training/recipe/learning_rate").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/costs/params").asLong()).isPositive();
        byte[] weights = Files.readAllBytes(result("weights.safetensors"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights)))
                .isEqualTo(json.path("weights").asText());
        assertThat(new String(weights, 8, 200)).contains("\"convolution.weight\"");
    }

    /** The teacher is what was trained before: its export and the weights that it left. */
    @Test
    void learnsFromATeacherThatWasTrainedBefore() throws Exception {
        ObjectNode export = Json.MAPPER.createObjectNode().put("format", "phyla-candidate-1");
        export.set("network", SmallNetwork.json());
        Path teacher = Files.writeString(directory.resolve("teacher.json"), export.toString());
        assertThat(train(teacher, "--set", "steps=20")).as(err.toString()).isZero();
        Path weights = Files.copy(result("weights.safetensors"), directory.resolve("teacher.safetensors"));
        String hash = Json.MAPPER
                .readTree(result("result.json").toFile())
                .path("weights")
                .asText();

        int code = train(
                write(SmallNetwork.json()),
                "--teacher",
                "big=" + teacher,
                "--teacher-weights",
                "big-weights=" + weights,
                "--set",
                "steps=4",
                "--set",
                "loss_weight=0.5",
                "--set",
                "teacher.temperature=2");
        assertThat(code).as(err.toString()).isZero();
        JsonNode json = Json.MAPPER.readTree(result("result.json").toFile()).at("/training/teacher");
        assertThat(json.path("network").asText()).startsWith("big@");
        assertThat(json.path("weights").asText()).isEqualTo("big-weights@" + hash);
        assertThat(json.path("loss_weight").asDouble()).isEqualTo(0.5);
        assertThat(json.path("temperature").asDouble()).isEqualTo(2);

        assertThat(train(
                        write(SmallNetwork.json()),
                        "--teacher",
                        "big=" + teacher,
                        "--teacher-weights",
                        "big=" + weights))
                .isEqualTo(1);
        assertThat(err.toString()).contains("'big' is the name of " + teacher + " already");
    }

    @Test
    void takesAWholeExportAndGoesThroughTheServiceThatRuns() throws Exception {
        ObjectNode export = Json.MAPPER.createObjectNode().put("format", "phyla-candidate-1");
        export.set("network", SmallNetwork.json());
        Path data = directory.resolve("data");
        try (Service service =
                Service.start(new ServiceOptions(data, "127.0.0.1", 0, "inline", Map.of(), List.of(), true))) {
            assertThat(train(write(export), "--set", "steps=4"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("the service at " + service.address() + " owns");
        }
        assertThat(result("weights.safetensors")).isNotEmptyFile();
    }

    @Test
    void namesTheLayerThatIsWrong() throws Exception {
        ObjectNode network = SmallNetwork.json();
        ((ObjectNode) network.at("/nodes/3")).putArray("inputs").add("nowhere");
        assertThat(train(write(network))).isEqualTo(1);
        assertThat(err.toString())
                .contains("layer 'relu': its input 'nowhere' is no earlier layer")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void saysWhatIsNoNetworkAndWhatIsNoParameter() throws Exception {
        assertThat(train(write(Json.MAPPER.createObjectNode().put("genome", "0"))))
                .isEqualTo(1);
        assertThat(err.toString()).contains("holds no network");
        assertThat(train(write(SmallNetwork.json()), "--set", "learning_rat=1")).isEqualTo(1);
        assertThat(err.toString()).contains("did you mean 'learning_rate'?");
        assertThat(train(write(SmallNetwork.json()), "--epochs", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("/training/epochs", "at least 1");
    }
}
