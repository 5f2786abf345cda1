package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.training.TrainingReader.Result;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is sent is taken or refused with its mistakes, never answered with a fault of the program. */
class TrainingReaderTest {

    /** What numbers of a hostile document may be. */
    private static final List<String> HOSTILE = List.of(
            "0",
            "-1",
            "2147483647",
            "-2147483648",
            "9223372036854775807",
            "1e300",
            "1e-300",
            "65537",
            "null",
            "\"NaN\"",
            "\"x\"",
            "{}",
            "[]",
            "[1]",
            "[2147483647,2147483647]",
            "true");

    @TempDir
    Path directory;

    private Result read(JsonNode document) {
        return TrainingReader.read(document, new FileArtifacts(directory));
    }

    private static ObjectNode document(JsonNode network) {
        return Json.MAPPER.createObjectNode().put("name", "test").set("network", network);
    }

    private static void assertRefused(Result result, String pointer, String text) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.problems()).anySatisfy(problem -> {
                            assertThat(problem.pointer()).isEqualTo(pointer);
                            assertThat(problem.toString()).contains(text);
                        }));
    }

    @Test
    void takesWhatCanBeTrained() {
        assertThat(read(document(NetworkJson.write(Networks.small(12))))).isInstanceOf(Result.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/training/data|\"nothing\"|there is no data set",
                "/training/data|\"../../../etc/passwd\"|there is no data set",
                "/training/data|\"a@../../names.json\"|there is no data set",
                "/training/recipe/batch|1|at least",
                "/training/recipe/learning_rate|\"NaN\"|a finite number",
                "/training/recipe/learning_rate|1e999|a finite number",
                "/training/recipe/momentum|1|at most",
                "/training/steps|0|at least",
                "/training/recipe/warm_up_steps|1001|at most the 1000 steps",
            })
    void saysWhereAParameterIsWrong(String pointer, String value, String text) throws IOException {
        ObjectNode document = document(NetworkJson.write(Networks.small(12)));
        int last = pointer.lastIndexOf('/');
        document.withObject("/training").put("steps", 1000);
        document.withObject(pointer.substring(0, last)).set(pointer.substring(last + 1), Json.MAPPER.readTree(value));
        assertRefused(read(document), pointer, text);
    }

    @Test
    void refusesNetworksThatCannotLearn() {
        assertRefused(read(document(NetworkJson.write(Networks.small(10)))), "/network", "10 classes");
        Network.Builder nothing = new Network.Builder(new Shape(3, 2, 2));
        nothing.add("flat", new Layer.Flatten(), 0);
        assertRefused(read(document(NetworkJson.write(nothing.build()))), "/network", "nothing to learn");
        Network.Builder aside = new Network.Builder(new Shape(3, 2, 2));
        aside.add("aside", new Layer.Linear(5, true), 0);
        aside.add("flat", new Layer.Flatten(), 0);
        assertRefused(read(document(NetworkJson.write(aside.build()))), "/network", "nothing to learn");
    }

    @Test
    void refusesWhatNoArrayHolds() throws IOException {
        ObjectNode wide = NetworkJson.write(Networks.small(12));
        ((ObjectNode) wide.path("nodes").path(1)).put("channels", 1 << 30);
        assertRefused(read(document(wide)), "/network", "layer 'first'");
        String heads = """
            {"nodes": [{"name": "input", "op": "input", "shape": {"channels": 1, "height": 65536, "width": 65536}},
             {"name": "product", "op": "matrix_product", "inputs": ["input", "input"], "heads": 1, "transposed": true,
              "scale": 1}]}\
            """;
        assertRefused(read(document(Json.MAPPER.readTree(heads))), "/network", "layer 'product'");
    }

    /** Every number of a network with most kinds of layers is replaced by every hostile value, one at a time. */
    @Test
    void neverFailsOverAHostileNumber() throws IOException {
        ObjectNode good = NetworkJson.write(many());
        List<String> pointers = new ArrayList<>();
        pointers(good, "", pointers);
        assertThat(pointers).hasSizeGreaterThan(50);
        int refused = 0;
        for (String pointer : pointers) {
            for (String value : HOSTILE) {
                ObjectNode bad = good.deepCopy();
                int last = pointer.lastIndexOf('/');
                JsonNode parent = bad.at(pointer.substring(0, last));
                JsonNode hostile = Json.MAPPER.readTree(value);
                switch (parent) {
                    case ObjectNode object -> object.set(pointer.substring(last + 1), hostile);
                    case ArrayNode array -> array.set(Integer.parseInt(pointer.substring(last + 1)), hostile);
                    default -> throw new AssertionError(pointer);
                }
                switch (read(document(bad))) {
                    case Result.Refused _ -> refused++;
                    case Result.Accepted accepted ->
                        assertThat(NetworkJson.write(accepted.network())).isNotEmpty();
                }
            }
        }
        assertThat(refused).isGreaterThan(pointers.size() * 5);
    }

    private static void pointers(JsonNode json, String pointer, List<String> found) {
        if (json.isNumber() && !pointer.endsWith("/params") && !pointer.endsWith("/macs")) {
            found.add(pointer);
        }
        json.properties().forEach(each -> pointers(each.getValue(), pointer + '/' + each.getKey(), found));
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                pointers(json.get(i), pointer + '/' + i, found);
            }
        }
    }

    private static Network many() {
        Network.Builder builder = new Network.Builder(new Shape(3, 16, 16));
        int last = builder.add("convolution", Layer.Convolution.of(8, 3, 1, 1), 0);
        last = builder.add("norm", Layer.BatchNormalization.DEFAULT, last);
        last = builder.add("groups", new Layer.GroupNormalization(4, 1e-5), last);
        last = builder.add("leak", new Layer.LeakyRelu(0.1), last);
        last = builder.add("pad", new Layer.Pad(1, 0, 0, 1), last);
        last = builder.add("shuffle", new Layer.PixelShuffle(2), last);
        last = builder.add("larger", new Layer.Upsample(2, Layer.Upsample.Kind.NEAREST), last);
        last = builder.add("drop", new Layer.Dropout(0.5), last);
        int product = builder.add("product", new Layer.MatrixProduct(1, true, 0.5), last, last);
        last = builder.add("mean", new Layer.GlobalPooling(), product);
        builder.add("classifier", new Layer.Linear(12, true), last);
        return builder.build();
    }
}
