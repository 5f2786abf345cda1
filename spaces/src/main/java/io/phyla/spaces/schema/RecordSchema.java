package io.phyla.spaces.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema (2020-12) of a record, from its components and their {@link Param}s. */
public final class RecordSchema {

    private RecordSchema() {}

    public static ObjectNode of(Class<? extends Record> type) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.MAPPER.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Json.name(component.getName());
            properties.set(name, component(component));
            if (required(component)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    static boolean required(RecordComponent component) {
        Param param = component.getAnnotation(Param.class);
        return !nullable(component) && (param == null || param.byDefault().isEmpty());
    }

    static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The default of a component, or null if there is none. */
    static @Nullable JsonNode byDefault(RecordComponent component) {
        Param param = component.getAnnotation(Param.class);
        if (param == null || param.byDefault().isEmpty()) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(param.byDefault());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the default of " + component + " is no JSON: " + param.byDefault(), e);
        }
    }

    private static ObjectNode component(RecordComponent component) {
        ObjectNode schema = type(component.getGenericType());
        Param param = component.getAnnotation(Param.class);
        if (param != null) {
            schema.put("description", param.description());
            bounds(schema, param);
        }
        JsonNode value = byDefault(component);
        if (value != null) {
            schema.set("default", value);
        }
        if (nullable(component)) {
            String type = schema.path("type").asText();
            schema.putArray("type").add(type).add("null");
            if (schema.get("enum") instanceof ArrayNode constants) {
                constants.addNull();
            }
        }
        return schema;
    }

    private static void bounds(ObjectNode schema, Param param) {
        String suffix = switch (schema.path("type").asText()) {
            case "string" -> "Length";
            case "array" -> "Items";
            case "object" -> "Properties";
            default -> "imum";
        };
        if (Double.isFinite(param.min())) {
            put(schema, "min" + suffix, param.min());
        }
        if (Double.isFinite(param.max())) {
            put(schema, "max" + suffix, param.max());
        }
    }

    private static void put(ObjectNode schema, String keyword, double bound) {
        if (bound == Math.rint(bound) && Math.abs(bound) <= 1L << 53) {
            schema.put(keyword, (long) bound);
        } else {
            schema.put(keyword, bound);
        }
    }

    private static ObjectNode type(Type type) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                schema.put("type", "array").set("items", type(generic.getActualTypeArguments()[0]));
                return schema;
            }
            if (generic.getRawType() == Map.class) {
                schema.put("type", "object").set("additionalProperties", type(generic.getActualTypeArguments()[1]));
                return schema;
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return of(plain.asSubclass(Record.class));
            }
            if (plain.isEnum()) {
                Scalars.constants(plain).forEach(schema.put("type", "string").putArray("enum")::add);
                return schema;
            }
            String name = primitive(plain);
            if (name != null) {
                return schema.put("type", name);
            }
        }
        throw new IllegalArgumentException("no JSON Schema for " + type);
    }

    private static @Nullable String primitive(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "integer";
        } else if (type == double.class || type == Double.class) {
            return "number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        } else if (type == String.class) {
            return "string";
        }
        return JsonNode.class.isAssignableFrom(type) ? "object" : null;
    }
}
