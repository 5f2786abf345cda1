package io.phyla.evaluators.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.onnx.OnnxException;
import io.phyla.evaluators.onnx.OnnxLimits;
import io.phyla.evaluators.onnx.OnnxModel;
import io.phyla.evaluators.onnx.OnnxReader;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model becomes a network as JSON and its weights as safetensors. */
final class ModelInspection {

    private static final int LONGEST = 300;

    private ModelInspection() {}

    /** @param directory where both are written */
    static Inspection of(Path file, Path directory) {
        try {
            OnnxModel model = OnnxReader.read(file, OnnxLimits.DEFAULT);
            Path network = directory.resolve("network.json");
            Files.write(network, Json.MAPPER.writeValueAsBytes(json(model.network())));
            Path weights = directory.resolve("weights.safetensors");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(weights))) {
                SafeTensors.write(model.weights(), out);
            }
            return new Inspection.Understood(
                    description(model), Map.of("network", network.toString(), "weights", weights.toString()));
        } catch (OnnxException e) {
            return new Inspection.Refused(e.faults().stream()
                    .map(fault -> new Inspection.Fault(fault.node(), fault.detail()))
                    .toList());
        } catch (IOException e) {
            return Inspection.Refused.of("", String.valueOf(e.getMessage()));
        }
    }

    /** As the contract's {@code Network} is. */
    private static ObjectNode json(Network network) {
        ObjectNode json = NetworkJson.write(network);
        json.set("costs", costs(network));
        return json;
    }

    private static JsonNode costs(Network network) {
        return Json.MAPPER.valueToTree(NetworkCost.of(network));
    }

    private static ObjectNode description(OnnxModel model) {
        Network network = model.network();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("format", "onnx");
        json.put("opset", model.opset());
        json.put("producer", shorten(model.producer()));
        json.set("input", Json.MAPPER.valueToTree(network.shapes().getFirst()));
        json.set("output", Json.MAPPER.valueToTree(network.shapes().getLast()));
        json.put("layers", network.nodes().size());
        json.set("costs", costs(network));
        ArrayNode notes = json.putArray("notes");
        model.notes().forEach(note -> notes.add(shorten(note)));
        return json;
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
