package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Dataset;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a training is a function of, as JSON: two of the same identity go the same way to the bit. */
record Identity(ObjectNode json) {

    /** Where an engine's changed numbers or another order of the state make old checkpoints useless. */
    private static final int VERSION = 1;

    private static final int MOST_NAMED = 5;

    static Identity of(Network network, TrainingParameters parameters, Dataset data, @Nullable Teacher teacher) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("version", VERSION);
        json.set("parameters", Json.MAPPER.valueToTree(parameters));
        json.put("data_sha256", data.sha256());
        if (teacher != null) {
            json.set("teacher", teacher.identity());
        }
        ObjectNode layers = json.putObject("network");
        for (JsonNode layer : NetworkJson.write(network).path("nodes")) {
            layers.set(layer.path("name").asText(), layer);
        }
        return new Identity(json);
    }

    /** Every member that is not the same, with both values; empty if all are. */
    List<String> differences(JsonNode saved) {
        List<String> found = new ArrayList<>();
        compare("", saved, json, found);
        return found.size() <= MOST_NAMED
                ? found
                : List.of(
                        String.join("; ", found.subList(0, MOST_NAMED)),
                        "and " + (found.size() - MOST_NAMED) + " more");
    }

    private static void compare(String name, JsonNode saved, JsonNode own, List<String> found) {
        if (saved.isObject() && own.isObject()) {
            Set<String> members = new TreeSet<>();
            saved.fieldNames().forEachRemaining(members::add);
            own.fieldNames().forEachRemaining(members::add);
            for (String member : members) {
                compare(name.isEmpty() ? member : name + " " + member, saved.path(member), own.path(member), found);
            }
        } else if (!saved.toString().equals(own.toString())) {
            found.add(name + " was " + shown(saved) + " and is " + shown(own));
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
