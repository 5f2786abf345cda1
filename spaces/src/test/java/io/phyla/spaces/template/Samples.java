package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Ready-made documents, as users find them. */
final class Samples {

    private Samples() {}

    static ObjectNode document(String name) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(
                    Path.of("..", "runs", "spaces", name + ".json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document around a model with a small one embedded, as a service does it. */
    static ObjectNode aroundAModel() {
        ObjectNode document = document("around-a-model");
        ObjectNode json = (ObjectNode) read(document.toString().replace("MODEL", "mine"));
        json.putObject("models").set("mine", NetworkJson.write(model()));
        return json;
    }

    static Network model() {
        Network.Builder network = new Network.Builder(new Shape(3, 32, 32));
        int top = network.add("conv1", Layer.Convolution.of(16, 3, 2, 1), 0);
        top = network.add("norm1", Layer.BatchNormalization.DEFAULT, top);
        top = network.add("relu1", Layer.Activation.RELU, top);
        int body = network.add("conv2", Layer.Convolution.of(16, 3, 1, 1), top);
        body = network.add("relu2", Layer.Activation.RELU, body);
        top = network.add("add", new Layer.Add(), body, top);
        top = network.add("pool", new Layer.GlobalPooling(), top);
        network.add("fc", new Layer.Linear(10, true), top);
        return network.build();
    }

    /** Every document a test can use without more. */
    static List<JsonNode> all() {
        return List.of(
                document("nb201"),
                document("small-cnn"),
                document("conditional-attention"),
                aroundAModel(),
                read(TemplateParameters.EXAMPLE));
    }

    static TemplateSpace space(JsonNode document) {
        return TemplateSpace.of(TemplateParameters.of(document));
    }
}
