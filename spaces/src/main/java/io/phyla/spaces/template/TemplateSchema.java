package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.util.List;

/**
 * JSON Schema (2020-12) of a space document, from the same forms of layers and blocks that the reader uses. What it accepts may
 * still be refused: names that refer to nothing and shapes that do not fit are beyond a schema.
 */
public final class TemplateSchema {

    private static final String NAME = "^[A-Za-z][A-Za-z0-9_-]{0," + (Limits.NAME - 1) + "}$";

    private TemplateSchema() {}

    /** The schema of the whole document. */
    public static ObjectNode document() {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Space document");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        text(properties.putObject("$schema"), 0, 2000);
        text(properties.putObject("name"), 1, 200).put("description", "What people call the space.");
        text(properties.putObject("description"), 0, 2000).put("description", "What it is for.");
        ObjectNode input =
                properties.putObject("input").put("description", "Channels, height and width of the images.");
        bounded(input.put("type", "array"), 3, 3)
                .putObject("items")
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", 4096);
        named(properties.putObject("decisions"), Limits.DECISIONS, "shared")
                .put("description", "Decisions that several places share, by name.");
        named(properties.putObject("blocks"), Limits.BLOCKS, "block")
                .put("description", "Blocks of your own, by name.");
        properties
                .putObject("models")
                .put("description", "Models that are used, by id; a service fills them in.")
                .put("type", "object")
                .put("maxProperties", 8)
                .putObject("additionalProperties")
                .put("type", "object")
                .putArray("required")
                .add("nodes");
        items(properties.putObject("layers"), 1).put("description", "The network from the input to the output.");
        bounded(properties.putObject("constraints").put("type", "array"), 0, Limits.CONSTRAINTS)
                .put("description", "Bounds that every design keeps.")
                .set("items", reference("constraint"));
        schema.putArray("required").add("name").add("input").add("layers");
        schema.put("additionalProperties", false);
        definitions(schema.putObject("$defs"));
        return schema;
    }

    private static void definitions(ObjectNode definitions) {
        definitions.set("name", name());
        definitions.set("literal", ValueSchema.literal());
        definitions.set("value", ValueSchema.value(reference("literal")));
        definitions.set("range", ValueSchema.range());
        definitions.set("reference", ValueSchema.reference());
        definitions.set("when", ValueSchema.guard());
        definitions.set("shared", ValueSchema.shared());
        definitions.set("block", block());
        definitions.set("constraint", constraint());
        definitions.set("replacement", ItemSchema.replacement());
        definitions.set("item", ItemSchema.item());
    }

    static ObjectNode reference(String definition) {
        return Json.MAPPER.createObjectNode().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode name() {
        return Json.MAPPER.createObjectNode().put("type", "string").put("pattern", NAME);
    }

    private static ObjectNode text(ObjectNode schema, int min, int max) {
        return schema.put("type", "string").put("minLength", min).put("maxLength", max);
    }

    private static ObjectNode bounded(ObjectNode array, int min, int max) {
        return array.put("minItems", min).put("maxItems", max);
    }

    /** A sequence. */
    static ObjectNode items(ObjectNode schema, int least) {
        bounded(schema.put("type", "array"), least, Limits.ITEMS).set("items", reference("item"));
        return schema;
    }

    private static ObjectNode named(ObjectNode schema, int most, String definition) {
        schema.put("type", "object").put("maxProperties", most);
        schema.set("propertyNames", reference("name"));
        schema.set("additionalProperties", reference(definition));
        return schema;
    }

    /** An object with these members and no others. */
    static ObjectNode closed(ObjectNode properties, List<String> required) {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
        schema.set("properties", properties);
        ArrayNode names = schema.putArray("required");
        required.forEach(names::add);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode block() {
        ObjectNode properties = Json.MAPPER.createObjectNode();
        ObjectNode parameters =
                properties.putObject("parameters").put("type", "object").put("maxProperties", 32);
        parameters.put("description", "Defaults by name; null for what must be given.");
        parameters.set("propertyNames", reference("name"));
        ArrayNode forms = parameters.putObject("additionalProperties").putArray("anyOf");
        forms.addObject().put("type", "null");
        forms.add(reference("value"));
        items(properties.putObject("layers"), 1);
        return closed(properties, List.of("layers"));
    }

    private static ObjectNode constraint() {
        ObjectNode properties = Json.MAPPER.createObjectNode();
        ArrayNode metrics = properties.putObject("metric").putArray("enum");
        TemplateReader.METRICS.forEach(metrics::add);
        properties.putObject("min").put("type", "number").put("minimum", 0);
        properties.putObject("max").put("type", "number").put("minimum", 0);
        ObjectNode schema = closed(properties, List.of("metric"));
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().putArray("required").add("min");
        either.addObject().putArray("required").add("max");
        return schema;
    }
}
