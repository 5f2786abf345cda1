package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Locale;

/** The part of the schema that describes values, decisions and conditions. */
final class ValueSchema {

    private ValueSchema() {}

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    static ObjectNode literal() {
        ObjectNode schema = object();
        ArrayNode forms = schema.putArray("anyOf");
        forms.addObject().put("type", "number");
        forms.addObject().put("type", "boolean");
        forms.addObject().put("type", "string").put("minLength", 1).put("maxLength", Limits.NAME);
        pair(forms.addObject()).putObject("items").put("type", "number");
        return schema;
    }

    private static ObjectNode pair(ObjectNode schema) {
        return schema.put("type", "array").put("minItems", 2).put("maxItems", 2);
    }

    /** A literal, or what decides or computes one. */
    static ObjectNode value(ObjectNode literal) {
        ObjectNode schema = object();
        ArrayNode forms = schema.putArray("anyOf").add(literal);
        ObjectNode properties = object();
        properties.set("choice", options(literal));
        properties.set("name", TemplateSchema.reference("name"));
        properties.set("unit", TemplateSchema.reference("name"));
        forms.add(TemplateSchema.closed(properties, List.of("choice")));
        forms.add(TemplateSchema.reference("range"));
        forms.add(TemplateSchema.reference("reference"));
        return schema;
    }

    private static ObjectNode options(ObjectNode literal) {
        ObjectNode schema = object().put("type", "array").put("minItems", 1).put("maxItems", Limits.OPTIONS);
        schema.set("items", literal);
        return schema.put("uniqueItems", true);
    }

    /** What a layer's member may be, as {@link Member#fault} says it. */
    static ObjectNode member(Member member) {
        ObjectNode literal = object();
        ArrayNode forms = literal.putArray("anyOf");
        if (member.type() == boolean.class) {
            forms.addObject().put("type", "boolean");
        } else if (!member.type().isEnum() && member.type() != LayerProgram.class) {
            forms.add(number(member));
            if (member.type() == Extent.class) {
                pair(forms.addObject()).set("items", number(member));
            }
        }
        if (!member.words().isEmpty()) {
            ArrayNode words = forms.addObject().putArray("enum");
            member.words().forEach(words::add);
        }
        ObjectNode schema = value(literal).put("description", member.description());
        if (member.byDefault() != null) {
            schema.set("default", member.byDefault());
        }
        return schema;
    }

    private static ObjectNode number(Member member) {
        ObjectNode schema = object().put("type", member.type() == double.class ? "number" : "integer");
        schema.set("minimum", Literals.number(member.min()));
        schema.set("maximum", Literals.number(member.max()));
        return schema;
    }

    static ObjectNode range() {
        ObjectNode properties = object();
        pair(properties.putObject("int")).putObject("items").put("type", "integer");
        properties.putObject("step").put("type", "integer").put("minimum", 1);
        properties.set("name", TemplateSchema.reference("name"));
        properties.set("unit", TemplateSchema.reference("name"));
        return TemplateSchema.closed(properties, List.of("int"));
    }

    static ObjectNode reference() {
        ObjectNode schema = object();
        ArrayNode forms = schema.putArray("anyOf");
        for (String word : List.of("decision", "parameter")) {
            ObjectNode properties = object();
            properties.putObject(word).put("type", "string");
            forms.add(TemplateSchema.closed(properties, List.of(word)));
        }
        ObjectNode shape = object();
        ArrayNode axes = shape.putObject("shape").putArray("enum");
        for (Value.Axis axis : Value.Axis.values()) {
            axes.add(axis.name().toLowerCase(Locale.ROOT));
        }
        shape.putObject("of").put("type", "string");
        forms.add(TemplateSchema.closed(shape, List.of("shape")));
        forms.add(arithmetic("mul", 8));
        forms.add(arithmetic("div", 2));
        return schema;
    }

    private static ObjectNode arithmetic(String word, int most) {
        ObjectNode properties = object();
        ObjectNode operands = properties
                .putObject(word)
                .put("type", "array")
                .put("minItems", 2)
                .put("maxItems", most);
        ObjectNode literal = object().put("type", "number");
        operands.set("items", value(literal));
        return TemplateSchema.closed(properties, List.of(word));
    }

    static ObjectNode guard() {
        ObjectNode properties = object();
        properties.putObject("decision").put("type", "string");
        properties.putObject("parameter").put("type", "string");
        for (String word : List.of("is", "is_not")) {
            ArrayNode forms = properties.putObject(word).putArray("anyOf").add(TemplateSchema.reference("literal"));
            ObjectNode list =
                    forms.addObject().put("type", "array").put("minItems", 1).put("maxItems", Limits.OPTIONS);
            list.set("items", TemplateSchema.reference("literal"));
        }
        ObjectNode schema = TemplateSchema.closed(properties, List.of());
        ArrayNode both = schema.putArray("allOf");
        both.add(either("decision", "parameter"));
        both.add(either("is", "is_not"));
        return schema;
    }

    private static ObjectNode either(String one, String other) {
        ObjectNode schema = object();
        ArrayNode forms = schema.putArray("oneOf");
        forms.addObject().putArray("required").add(one);
        forms.addObject().putArray("required").add(other);
        return schema;
    }

    static ObjectNode shared() {
        ObjectNode schema = object();
        ArrayNode forms = schema.putArray("anyOf");
        ObjectNode choice = object();
        choice.set("choice", options(TemplateSchema.reference("literal")));
        ObjectNode range = (ObjectNode) range().get("properties");
        range.remove("name");
        for (ObjectNode properties : List.of(choice, range)) {
            properties.set("unit", TemplateSchema.reference("name"));
            properties.set("when", TemplateSchema.reference("when"));
        }
        forms.add(TemplateSchema.closed(choice, List.of("choice")));
        forms.add(TemplateSchema.closed(range, List.of("int")));
        return schema;
    }
}
