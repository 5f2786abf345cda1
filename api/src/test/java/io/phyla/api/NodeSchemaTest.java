package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phyla.spaces.design.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    private static JsonNode node() throws IOException {
        try (InputStream contract = NodeSchemaTest.class.getResourceAsStream("/openapi.yaml")) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(contract);
            JsonNode root = new ObjectMapper().valueToTree(tree);
            return root.path("components").path("schemas").path("Node");
        }
    }
}
