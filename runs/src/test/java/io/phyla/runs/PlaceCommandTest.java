package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.program.Placement;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.ResNet;
import io.phyla.spaces.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code phyla place} as a person uses it. */
class PlaceCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Phyla.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Network network(String text) throws IOException {
        return NetworkJson.read(Json.MAPPER.readTree(text));
    }

    @Test
    void placesAPublishedLayerInANetworkOfTheZoo() throws Exception {
        Path file = directory.resolve("placed.json");
        int code = run("place", "zoo:resnet20", "evonorm_s0", "--classes", "12", "--output", file.toString());
        assertThat(code).as(err.toString()).isZero();
        assertThat(network(Files.readString(file)))
                .isEqualTo(Placement.place(ResNet.ofDepth(20, 12), ReadyLayers.program("evonorm_s0")));
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("10 pairs of normalisation and activation replaced", "parameters, were");
    }

    @Test
    void writesToStandardOutput() throws Exception {
        assertThat(run("place", "zoo:miniature_residual", "gn_relu", "--group-size", "4"))
                .as(err.toString())
                .isZero();
        assertThat(network(out.toString()).nodes().stream().map(Network.Node::layer))
                .contains(new Layer.GroupNormalization(4, 1e-5));
    }

    /** A program as exports have it, alone or as a member; groups as it says. */
    @Test
    void placesAProgramFromAFileInANetworkFromAFile() throws Exception {
        Path network = Files.writeString(
                directory.resolve("network.json"), SmallNetwork.json().toString());
        JsonNode program = Json.MAPPER.valueToTree(ReadyLayers.program("evonorm_b0", 2, 1e-3));
        Path bare = Files.writeString(directory.resolve("bare.json"), program.toString());
        Path inside = Files.writeString(
                directory.resolve("inside.json"),
                Json.MAPPER.createObjectNode().set("program", program).toString());
        for (Path file : new Path[] {bare, inside}) {
            out.getBuffer().setLength(0);
            assertThat(run("place", network.toString(), file.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(network(out.toString()).nodes().get(2).layer())
                    .isEqualTo(new Layer.Program(ReadyLayers.program("evonorm_b0", 2, 1e-3)));
        }
    }

    @Test
    void keepsNormalisationsWhereActivationsAreReplaced() throws Exception {
        assertThat(run("place", "zoo:resnet8", "swish", "--activation")).isZero();
        assertThat(network(out.toString()).nodes().stream().map(Network.Node::layer))
                .contains(Layer.BatchNormalization.DEFAULT, new Layer.Program(ReadyLayers.program("swish")))
                .doesNotContain(Layer.Activation.RELU);
        assertThat(err.toString()).contains("7 activations replaced").doesNotContain("no moments");
        assertThat(run("place", "zoo:resnet8", "swish")).isZero();
        assertThat(err.toString()).contains("the layer takes no moments").contains("--activation leaves");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "zoo:resnet21;bn_relu;did you mean 'resnet20'",
                "zoo:resnet20;evonrom_s0;there is no file evonrom_s0, and unknown layer 'evonrom_s0'; did you mean"
                        + " 'evonorm_s0'?",
                "zoo:resnet20;network.json;network.json is no layer's program: /nodes/0/name unknown member",
                "network.json;evonorm_s0;the network has no place for a layer",
                "nothing.json;evonorm_s0;there is no file",
            })
    void saysWhatIsWrong(String network, String layer, String message) throws IOException {
        Network bare = new Network.Builder(ResNet.ofDepth(8, 10).input()).build();
        Files.writeString(
                directory.resolve("network.json"), NetworkJson.write(bare).toString());
        assertThat(run("place", file(network), file(layer))).isOne();
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void writesIntoNoDirectoryThatIsNotThere() {
        String file = directory.resolve("nowhere").resolve("placed.json").toString();
        assertThat(run("place", "zoo:resnet8", "bn_relu", "--output", file)).isOne();
        assertThat(err.toString()).contains("--output: there is no directory").contains("nowhere");
    }

    private String file(String name) {
        return name.endsWith(".json") ? directory.resolve(name).toString() : name;
    }

    @Test
    void theZooIsThere() throws Exception {
        assertThat(run("place", "zoo:efficientnet_b0", "bn_swish")).isZero();
        assertThat(network(out.toString())).isEqualTo(Zoo.network("efficientnet_b0", null));
    }
}
