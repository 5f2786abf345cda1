package io.phyla.spaces.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Right documents with something done to them; most are broken by it. */
final class BrokenTemplates {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final RandomTemplates templates;

    BrokenTemplates(long seed) {
        random = new Random(seed);
        templates = new RandomTemplates(seed);
    }

    /**
     * A changed document.
     *
     * @param broken whether it is certain that it is no space any more
     * @param structural whether a schema can know that
     */
    record Changed(String how, JsonNode document, boolean broken, boolean structural) {}

    Changed next() {
        ObjectNode document = random.nextInt(10) == 0
                ? (ObjectNode) templates.pick(Samples.all()).deepCopy()
                : templates.next();
        return switch (random.nextInt(11)) {
            case 0 -> unknownMember(document);
            case 1 -> otherType(document);
            case 2 -> number(document);
            case 3 -> removed(document);
            case 4 -> hugeRepeat(document);
            case 5 -> circle(document);
            case 6 -> deep(document);
            case 7 -> unknownName(document);
            case 8 -> doubling(document);
            case 9 -> wide(document);
            default -> moved(document);
        };
    }

    private Changed unknownMember(ObjectNode document) {
        List<String> places = places(document, "").stream()
                .filter(each -> document.at(each).isObject() && !each.startsWith("/models"))
                .filter(each -> !each.equals("/decisions") && !each.equals("/blocks"))
                .filter(each -> !each.endsWith("/parameters"))
                .toList();
        ((ObjectNode) document.at(templates.pick(places))).set("chanels~/" + random.nextInt(9), JSON.numberNode(3));
        return new Changed("unknown member", document, true, true);
    }

    private Changed otherType(ObjectNode document) {
        String place = somewhere(document);
        JsonNode junk = templates.pick(List.of(
                JSON.nullNode(),
                JSON.objectNode(),
                JSON.arrayNode(),
                JSON.textNode(""),
                JSON.textNode("\u0000\ud800"),
                JSON.textNode("x".repeat(5000)),
                JSON.booleanNode(true),
                JSON.numberNode(1e300),
                JSON.objectNode().put("choice", "x"),
                JSON.arrayNode().add(JSON.arrayNode().add(JSON.objectNode()))));
        replace(document, place, junk);
        return new Changed("another type", document, false, false);
    }

    private Changed number(ObjectNode document) {
        List<String> places = places(document, "").stream()
                .filter(each -> document.at(each).isNumber() && !each.startsWith("/models"))
                .toList();
        double number = templates.pick(List.of(-1.0, 0.0, 0.5, 1e9, -1e300, 2147483648.0, 7.0, 65537.0));
        replace(document, templates.pick(places), JSON.numberNode(number));
        return new Changed("absurd number", document, false, false);
    }

    private Changed removed(ObjectNode document) {
        String place = somewhere(document);
        JsonPointer pointer = JsonPointer.compile(place);
        switch (document.at(pointer.head())) {
            case ObjectNode object -> object.remove(pointer.last().getMatchingProperty());
            case ArrayNode array -> array.remove(pointer.last().getMatchingIndex());
            case JsonNode other -> throw new IllegalStateException("nothing can be removed from " + other);
        }
        return new Changed("removed", document, false, false);
    }

    private Changed hugeRepeat(ObjectNode document) {
        ObjectNode inner = JSON.objectNode();
        boolean choice = random.nextBoolean();
        JsonNode count =
                choice ? JSON.objectNode().set("int", JSON.arrayNode().add(0).add(100)) : JSON.numberNode(100);
        inner.set("repeat", count);
        inner.putArray("layers").addObject().put("op", "activation");
        for (int i = 0; i < 2 + random.nextInt(8); i++) {
            ObjectNode outer = JSON.objectNode();
            outer.put("repeat", 100).putArray("layers").add(inner);
            inner = outer;
        }
        ((ArrayNode) document.get("layers")).insert(0, inner);
        return new Changed("huge repeat", document, true, false);
    }

    private Changed circle(ObjectNode document) {
        ObjectNode blocks = document.withObjectProperty("blocks");
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            blocks.putObject("circle" + i).putArray("layers").addObject().put("op", "circle" + (i + 1) % length);
        }
        return new Changed("circular blocks", document, true, false);
    }

    private Changed deep(ObjectNode document) {
        ObjectNode inner = JSON.objectNode().put("op", "activation");
        for (int i = 0; i < 40 + random.nextInt(2000); i++) {
            ObjectNode outer = JSON.objectNode();
            outer.putArray("layers").add(inner);
            inner = outer;
        }
        ((ArrayNode) document.get("layers")).insert(0, inner);
        return new Changed("deep nesting", document, true, false);
    }

    private Changed unknownName(ObjectNode document) {
        List<String> places = places(document, "").stream()
                .filter(each -> each.matches(".*/(op|decision|parameter|id)|.*/inputs/0"))
                .filter(each -> document.at(each).isTextual() && !each.startsWith("/models"))
                .toList();
        String place = templates.pick(places);
        replace(document, place, JSON.textNode(document.at(place).asText() + "x"));
        return new Changed("unknown name", document, true, false);
    }

    /** Blocks that use one another twice each: 2^40 layers in a document of a page. */
    private Changed doubling(ObjectNode document) {
        ObjectNode blocks = document.withObjectProperty("blocks");
        int levels = 16 + random.nextInt(24);
        for (int i = 0; i < levels; i++) {
            ArrayNode layers = blocks.putObject("twice" + i).putArray("layers");
            String op = i == 0 ? "activation" : "twice" + (i - 1);
            layers.addObject().put("op", op);
            layers.addObject().put("op", op);
        }
        ((ArrayNode) document.get("layers")).insert(0, JSON.objectNode().put("op", "twice" + (levels - 1)));
        return new Changed("doubling blocks", document, true, false);
    }

    private Changed wide(ObjectNode document) {
        ObjectNode layer = JSON.objectNode().put("op", "convolution").put("kernel", 1);
        if (random.nextBoolean()) {
            layer.putObject("channels").putArray("int").add(1).add(1_000_000_000);
        } else {
            ArrayNode options = layer.putObject("channels").putArray("choice");
            for (int i = 1; i <= 300; i++) {
                options.add(i);
            }
        }
        ((ArrayNode) document.get("layers")).insert(0, layer);
        return new Changed("too many options", document, true, false);
    }

    /** The first layer comes last: shapes and names change under everything. */
    private Changed moved(ObjectNode document) {
        ArrayNode layers = (ArrayNode) document.get("layers");
        layers.add(layers.remove(random.nextInt(layers.size())));
        return new Changed("moved", document, false, false);
    }

    private String somewhere(ObjectNode document) {
        return templates.pick(places(document, "").stream()
                .filter(each -> !each.isEmpty())
                .filter(each -> !each.startsWith("/models/"))
                .toList());
    }

    private static void replace(ObjectNode document, String place, JsonNode value) {
        JsonPointer pointer = JsonPointer.compile(place);
        switch (document.at(pointer.head())) {
            case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
            case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), value);
            case JsonNode other -> throw new IllegalStateException("nothing can be replaced in " + other);
        }
    }

    private static List<String> places(JsonNode json, String pointer) {
        List<String> found = new ArrayList<>(List.of(pointer));
        json.properties().forEach(each -> found.addAll(places(each.getValue(), pointer + '/' + each.getKey())));
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            found.addAll(places(json.get(i), pointer + '/' + i));
        }
        return found;
    }
}
