package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.program.ProgramJson;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the schema that describes the items of a sequence. */
final class ItemSchema {

    private ItemSchema() {}

    static ObjectNode item() {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        ArrayNode forms = schema.putArray("anyOf");
        LayerForms.all().values().forEach(form -> forms.add(layer(form)));
        forms.add(wholeProgram());
        BlockLibrary.signatures().forEach((name, parameters) -> forms.add(block(name, parameters)));
        forms.add(residual());
        forms.add(model());
        forms.add(TemplateSchema.closed(operation("original", null), List.of("op")));
        forms.add(ownBlock());
        forms.add(choice());
        forms.add(repeat());
        ObjectNode sequence = head(1);
        TemplateSchema.items(sequence.putObject("layers"), 0);
        forms.add(TemplateSchema.closed(sequence, List.of("layers")));
        return schema;
    }

    private static ObjectNode head(int mostInputs) {
        ObjectNode properties = Json.MAPPER.createObjectNode();
        properties.set("name", TemplateSchema.reference("name"));
        properties.set("when", TemplateSchema.reference("when"));
        properties
                .putObject("inputs")
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", mostInputs)
                .putObject("items")
                .put("type", "string");
        return properties;
    }

    private static ObjectNode operation(String op, @Nullable LayerForm form) {
        ObjectNode properties = head(form == null ? 1 : form.mostInputs());
        properties.putObject("op").put("const", op);
        if (form != null && form.leastInputs() > 1) {
            ((ObjectNode) properties.get("inputs")).put("minItems", form.leastInputs());
        }
        return properties;
    }

    private static ObjectNode layer(LayerForm form) {
        ObjectNode properties = operation(form.op(), form);
        List<String> required = new ArrayList<>(List.of("op"));
        if (form.leastInputs() > 1) {
            required.add("inputs");
        }
        for (Member member : form.members()) {
            properties.set(member.name(), ValueSchema.member(member));
            if (member.byDefault() == null) {
                required.add(member.name());
            }
        }
        return TemplateSchema.closed(properties, required);
    }

    /** The other way of writing a program, which has group size and epsilon in itself. */
    private static ObjectNode wholeProgram() {
        ObjectNode properties = operation(ProgramForm.OP, ProgramForm.FORM);
        properties.set(ProgramForm.WHOLE, ProgramJson.schema());
        Member momentum = ProgramForm.FORM.members().getLast();
        properties.set(momentum.name(), ValueSchema.member(momentum));
        return TemplateSchema.closed(properties, List.of("op", ProgramForm.WHOLE));
    }

    private static ObjectNode block(String name, Map<String, @Nullable Value> parameters) {
        ObjectNode properties = operation(name, null);
        List<String> required = new ArrayList<>(List.of("op"));
        parameters.forEach((parameter, byDefault) -> {
            properties.set(parameter, TemplateSchema.reference("value"));
            if (byDefault == null) {
                required.add(parameter);
            }
        });
        return TemplateSchema.closed(properties, required).put("description", BlockLibrary.description(name));
    }

    /** A block of the document: any name that is not taken, any parameters. */
    private static ObjectNode ownBlock() {
        ObjectNode properties = head(1);
        ObjectNode op = properties.putObject("op");
        op.setAll(TemplateSchema.reference("name"));
        ArrayNode taken = op.putObject("not").putArray("enum");
        LayerForms.all().keySet().forEach(taken::add);
        BlockLibrary.signatures().keySet().forEach(taken::add);
        ItemReader.STRUCTURES.forEach(taken::add);
        taken.add("original");
        ObjectNode schema = TemplateSchema.closed(properties, List.of("op"));
        schema.set("propertyNames", TemplateSchema.reference("name"));
        schema.set("additionalProperties", TemplateSchema.reference("value"));
        return schema;
    }

    private static ObjectNode residual() {
        ObjectNode properties = operation("residual", null);
        TemplateSchema.items(properties.putObject("layers"), 1);
        properties
                .putObject("shortcut")
                .put("default", "project")
                .putArray("enum")
                .add("project")
                .add("match");
        return TemplateSchema.closed(properties, List.of("op", "layers"));
    }

    private static ObjectNode model() {
        ObjectNode properties = operation("model", null);
        for (String member : List.of("id", "from", "until")) {
            properties.putObject(member).put("type", "string");
        }
        properties
                .putObject("replace")
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", 64)
                .set("items", TemplateSchema.reference("replacement"));
        return TemplateSchema.closed(properties, List.of("op", "id"));
    }

    static ObjectNode replacement() {
        ObjectNode properties = Json.MAPPER.createObjectNode();
        properties
                .putObject("layers")
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", Limits.ITEMS)
                .putObject("items")
                .put("type", "string");
        properties.putObject("op").put("type", "string");
        properties.putObject("function").put("type", "string");
        TemplateSchema.items(properties.putObject("with"), 0);
        ObjectNode schema = TemplateSchema.closed(properties, List.of("with"));
        ArrayNode either = schema.putArray("oneOf");
        either.addObject().putArray("required").add("layers");
        either.addObject().putArray("required").add("op");
        return schema;
    }

    private static ObjectNode choice() {
        ObjectNode properties = head(1);
        ObjectNode alternatives = properties
                .putObject("choice")
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", Limits.OPTIONS)
                .putObject("items");
        alternatives.put("$ref", "#/$defs/item");
        ArrayNode head = alternatives.putObject("not").putArray("anyOf");
        head.addObject().putArray("required").add("inputs");
        head.addObject().putArray("required").add("when");
        properties.set("by", TemplateSchema.reference("value"));
        properties.set("unit", TemplateSchema.reference("name"));
        return TemplateSchema.closed(properties, List.of("choice"));
    }

    private static ObjectNode repeat() {
        ObjectNode properties = head(1);
        properties.set("repeat", ValueSchema.member(Counts.MEMBER));
        TemplateSchema.items(properties.putObject("layers"), 1);
        return TemplateSchema.closed(properties, List.of("repeat", "layers"));
    }
}
