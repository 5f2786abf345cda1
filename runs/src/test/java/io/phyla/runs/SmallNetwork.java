package io.phyla.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;

/** A network for the glyphs that trains in seconds. */
public final class SmallNetwork {

    private static final int SIZE = 16;
    private static final int CLASSES = 12;

    private SmallNetwork() {}

    public static ObjectNode json() {
        Network.Builder builder = new Network.Builder(new Shape(3, SIZE, SIZE));
        int convolution = builder.add("convolution", Layer.Convolution.of(8, 3, 2, 1), 0);
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, convolution);
        int relu = builder.add("relu", Layer.Activation.RELU, norm);
        int mean = builder.add("mean", new Layer.GlobalPooling(), relu);
        builder.add("classes", new Layer.Linear(CLASSES, true), mean);
        return NetworkJson.write(builder.build());
    }

    /** A training of it; curve and weights follow from the arguments. */
    public static ObjectNode training(String name, int steps, int curveSteps) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", name);
        document.set("network", json());
        document.putObject("training")
                .put("steps", steps)
                .put("curve_steps", curveSteps)
                .putObject("recipe")
                .put("batch", 32);
        document.putObject("limits").put("checkpoint_seconds", 0);
        return document;
    }
}
