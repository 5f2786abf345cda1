package io.phyla.spaces.design;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as JSON: {@code {"nodes":[{"name", "op", fields of the layer..., "inputs":[names], "shape", "params",
 * "macs"}]}}. Shape, parameters and MACs are for readers; they are inferred again when it is read.
 */
public final class NetworkJson {

    /** A member that is missing or null is an error, never silently 0. */
    private static final ObjectReader LAYERS = Json.MAPPER
            .readerFor(Layer.class)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private NetworkJson() {}

    public static ObjectNode write(Network network) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode nodes = json.putArray("nodes");
        for (int i = 0; i < network.nodes().size(); i++) {
            Network.Node node = network.nodes().get(i);
            ObjectNode item = nodes.addObject().put("name", node.name());
            item.setAll((ObjectNode) Json.MAPPER.valueToTree(node.layer()));
            ArrayNode inputs = item.putArray("inputs");
            node.inputs().forEach(input -> inputs.add(network.nodes().get(input).name()));
            item.set("shape", Json.MAPPER.valueToTree(network.shapes().get(i)));
            item.put("params", NetworkCost.params(network, i));
            item.put("macs", NetworkCost.macs(network, i));
        }
        return json;
    }

    /** @throws IllegalArgumentException naming the node that cannot be read */
    public static Network read(JsonNode json) {
        List<Network.Node> nodes = new ArrayList<>();
        Map<String, Integer> index = new HashMap<>();
        for (JsonNode item : json.path("nodes")) {
            if (!(item instanceof ObjectNode node) || !item.path("name").isTextual()) {
                throw new IllegalArgumentException("layer number " + nodes.size() + " must be an object with a name");
            }
            String name = item.path("name").asText();
            List<Integer> inputs = new ArrayList<>();
            for (JsonNode input : item.path("inputs")) {
                Integer found = index.get(input.asText());
                if (found == null) {
                    throw new IllegalArgumentException(
                            "layer '" + name + "': its input '" + input.asText() + "' is no earlier layer");
                }
                inputs.add(found);
            }
            nodes.add(new Network.Node(name, layer(name, node), inputs));
            index.put(name, nodes.size() - 1);
        }
        return Network.of(nodes);
    }

    private static Layer layer(String name, ObjectNode item) {
        ObjectNode fields = item.deepCopy();
        fields.remove(List.of("name", "inputs", "params", "macs"));
        if (!"input".equals(fields.path("op").asText())) {
            fields.remove("shape");
        }
        try {
            return LAYERS.readValue(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("layer '" + name + "': " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree in memory is read without a file", e);
        }
    }
}
