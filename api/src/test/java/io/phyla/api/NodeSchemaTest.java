package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.program.ProgramJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract's node knows every layer and every field of one. */
class NodeSchemaTest {

    @Test
    void everyLayerAndEveryFieldIsDescribed() throws IOException {
        JsonNode schema = node();
        List<String> operations = StreamSupport.stream(
                        schema.path("properties").path("op").path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        List<JsonSubTypes.Type> layers =
                Arrays.asList(Layer.class.getAnnotation(JsonSubTypes.class).value());
        assertThat(operations)
                .containsExactlyElementsOf(
                        layers.stream().map(JsonSubTypes.Type::name).toList());
        List<String> fields = new ArrayList<>();
        for (JsonSubTypes.Type layer : layers) {
            for (RecordComponent component : layer.value().getRecordComponents()) {
                fields.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
            }
        }
        assertThat(fields)
                .allSatisfy(field -> assertThat(schema.path("properties").has(field))
                        .as(field)
                        .isTrue());
    }

    /** Members, bounds, defaults and operations are those that are read. */
    @Test
    void programsAreDescribedAsTheyAreRead() throws IOException {
        JsonNode described = schemas().path("LayerProgram");
        JsonNode read = new ObjectMapper().readTree(ProgramJson.schema().toString());
        assertThat(described.path("required")).isEqualTo(read.path("required"));
        for (Map.Entry<String, JsonNode> member : read.path("properties").properties()) {
            JsonNode there = described.path("properties").path(member.getKey());
            for (String keyword : List.of("type", "description", "default", "minimum", "maxItems")) {
                assertThat(there.path(keyword)).as("%s %s", member.getKey(), keyword).isEqualTo(member.getValue().path(keyword));
            }
        }
        assertThat(described.path("properties").properties())
                .hasSameSizeAs(read.path("properties").properties());
        JsonPointer operation = JsonPointer.compile("/properties/nodes/items/properties/operation/enum");
        assertThat(described.at(operation)).isEqualTo(read.at(operation)).isNotEmpty();
    }

    private static JsonNode node() throws IOException {
        return schemas().path("Node");
    }

    private static JsonNode schemas() throws IOException {
        try (InputStream contract = NodeSchemaTest.class.getResourceAsStream("/openapi.yaml")) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(contract);
            JsonNode root = new ObjectMapper().valueToTree(tree);
            return root.path("components").path("schemas");
        }
    }
}
