package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Random;

/** Right documents of every construct, small maps that any of their layers fits. */
final class RandomTemplates {

    private final Random random;
    private int names;
    private boolean inBlock;

    RandomTemplates(long seed) {
        random = new Random(seed);
    }

    ObjectNode next() {
        names = 0;
        ObjectNode document = object().put("name", "Space " + random.nextInt(1000));
        document.putArray("input").add(1 + random.nextInt(3)).add(8).add(8);
        document.putObject("decisions")
                .set("shared", object().set("choice", array().add(3).add(5)));
        ((ObjectNode) document.get("decisions"))
                .set("mode", object().set("choice", array().add("plain").add("rich")));
        ObjectNode heads = ((ObjectNode) document.get("decisions")).putObject("heads");
        heads.putArray("int").add(1).add(2);
        heads.putObject("when").put("decision", "mode").put("is", "rich");
        ObjectNode block = document.putObject("blocks").putObject("unit");
        block.putObject("parameters").put("kernel", 3).putNull("channels");
        inBlock = true;
        ArrayNode body = block.putArray("layers");
        body.addObject()
                .put("op", "convolution")
                .<ObjectNode>set("channels", object().put("parameter", "channels"))
                .set("kernel", object().put("parameter", "kernel"));
        fill(body, 1);
        inBlock = false;
        ArrayNode layers = document.putArray("layers");
        layers.addObject().put("op", "unit").put("channels", 8).set("kernel", object().put("decision", "shared"));
        layers.add(attending());
        fill(layers, 2);
        layers.addObject().put("op", "global_pooling");
        layers.addObject().put("op", "linear").put("features", 10);
        if (random.nextBoolean()) {
            document.putArray("constraints").addObject().put("metric", "params").put("max", 1_000_000);
        }
        return document;
    }

    private ObjectNode attending() {
        ObjectNode item = object().put("op", "residual").put("name", "attend");
        item.putObject("when").put("decision", "mode").put("is_not", "plain");
        item.putArray("layers").addObject().put("op", "attention").set("heads", object().put("decision", "heads"));
        return item;
    }

    private void fill(ArrayNode layers, int depth) {
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            add(layers, depth);
        }
    }

    private void add(ArrayNode layers, int depth) {
        switch (random.nextInt(depth == 0 ? 5 : 10)) {
            case 0 -> layers.add(convolution());
            case 1 ->
                layers.addObject().put("op", random.nextBoolean() ? "batch_normalization" : "layer_normalization");
            case 2 ->
                layers.addObject()
                        .put("op", "activation")
                        .set(
                                "function",
                                object().set("choice", array().add("relu").add("swish")));
            case 3 ->
                layers.addObject()
                        .put("op", "pooling")
                        .put("kind", random.nextBoolean() ? "maximum" : "average")
                        .put("stride", 1 + random.nextInt(2))
                        .put("kernel", 3);
            case 4 -> library(layers);
            case 5 -> {
                ObjectNode repeat = layers.addObject();
                repeat.putObject("repeat")
                        .putArray("int")
                        .add(random.nextInt(2))
                        .add(1 + random.nextInt(2));
                fill(repeat.putArray("layers"), depth - 1);
            }
            case 6 -> {
                ArrayNode choice = layers.addObject().putArray("choice");
                choice.addObject().put("name", "nothing").putArray("layers");
                fill(choice.addObject().put("name", "something").putArray("layers"), depth - 1);
            }
            case 7 -> fill(layers.addObject().put("op", "residual").putArray("layers"), depth - 1);
            case 8 -> branches(layers);
            default -> {
                if (inBlock) {
                    layers.add(convolution());
                } else {
                    layers.addObject().put("op", "unit").set("channels", value(4, 8));
                }
            }
        }
    }

    private void library(ArrayNode layers) {
        ObjectNode item = layers.addObject();
        switch (random.nextInt(3)) {
            case 0 -> item.put("op", "squeeze_excitation").set("reduction", value(2, 4));
            case 1 ->
                item.put("op", "bottleneck")
                        .<ObjectNode>set("channels", value(4, 8))
                        .put("stride", 1 + random.nextInt(2));
            default ->
                item.put("op", "inverted_residual")
                        .<ObjectNode>set("expansion", value(1, 2))
                        .<ObjectNode>set("squeeze_excitation", value(0, 2))
                        .put("channels", 4 * (1 + random.nextInt(2)));
        }
    }

    private void branches(ArrayNode layers) {
        String left = "left" + ++names;
        String right = "right" + names;
        layers.add(convolution().put("name", left));
        layers.addObject()
                .put("op", "convolution")
                .put("name", right)
                .<ObjectNode>set("kernel", object().put("decision", "shared"))
                .<ObjectNode>set("groups", object().put("shape", "channels"))
                .set("channels", object().put("shape", "channels").put("of", left));
        ArrayNode inputs = layers.addObject()
                .put("op", random.nextBoolean() ? "add" : "concat")
                .putArray("inputs");
        inputs.add(left).add(right);
    }

    private ObjectNode convolution() {
        ObjectNode item = object().put("op", "convolution");
        item.set(
                "channels",
                random.nextBoolean()
                        ? value(4, 8)
                        : object().set("mul", array().add(2).add(value(2, 3))));
        item.set("kernel", value(1, 3));
        if (random.nextBoolean()) {
            item.put("bias", true);
        }
        return item;
    }

    /** One number, or a decision among both. */
    private JsonNode value(int a, int b) {
        return switch (random.nextInt(3)) {
            case 0 -> array().add(a).get(0);
            case 1 -> {
                ObjectNode choice = object().set("choice", array().add(a).add(b));
                yield random.nextBoolean() ? choice.put("unit", "together") : choice;
            }
            default -> {
                ObjectNode range = object();
                range.putArray("int").add(a).add(b);
                yield range.put("step", b - a);
            }
        };
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return Json.MAPPER.createArrayNode();
    }

    <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
