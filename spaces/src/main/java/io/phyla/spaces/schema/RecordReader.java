package io.phyla.spaces.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON into a record and reports everything that is wrong at once, each mistake at its JSON Pointer. */
public final class RecordReader {

    private static final double MOST_EXACT = 1L << 53;

    private final List<Problem> problems;

    private RecordReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Reads a record.
     *
     * @param pointer where the JSON stands in its document
     * @param problems takes what is wrong
     * @return null if and only if something was wrong
     */
    public static <R extends Record> @Nullable R read(
            JsonNode json, Class<R> type, String pointer, List<Problem> problems) {
        return new RecordReader(problems).object(json, type, pointer);
    }

    /** A member's pointer, escaped as RFC 6901 asks. */
    public static String child(String pointer, String member) {
        return pointer + '/' + member.replace("~", "~0").replace("/", "~1");
    }

    private <R extends Record> @Nullable R object(JsonNode json, Class<R> type, String pointer) {
        if (!json.isObject()) {
            return wrong(pointer, "must be an object, not " + kind(json));
        }
        int before = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(each -> Json.name(each.getName())).toList();
        json.fieldNames().forEachRemaining(member -> {
            if (!names.contains(member)) {
                problems.add(new Problem(child(pointer, member), Nearest.unknown("member", member, names)));
            }
        });
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(json, components[i], names.get(i), pointer);
        }
        return problems.size() == before ? construct(type, components, values, pointer) : null;
    }

    private @Nullable Object component(JsonNode json, RecordComponent component, String name, String pointer) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            JsonNode byDefault = RecordSchema.byDefault(component);
            if (byDefault != null) {
                value = byDefault;
            } else if (RecordSchema.nullable(component)) {
                return null;
            } else {
                return wrong(child(pointer, name), "is required");
            }
        }
        Object read = value(value, component.getGenericType(), child(pointer, name));
        return read == null ? null : bounded(read, component.getAnnotation(Param.class), child(pointer, name));
    }

    private <R extends Record> @Nullable R construct(
            Class<R> type, RecordComponent[] components, Object[] values, String pointer) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException fault) {
                return wrong(pointer, String.valueOf(fault.getMessage()));
            }
            throw new IllegalStateException(type + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private @Nullable Object value(JsonNode json, Type type, String pointer) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(json, generic.getActualTypeArguments()[0], pointer)
                    : map(json, generic.getActualTypeArguments()[1], pointer);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return object(json, plain.asSubclass(Record.class), pointer);
        } else if (plain.isEnum()) {
            return constant(json, plain, pointer);
        } else if (plain == String.class) {
            return json.isTextual() ? json.asText() : wrong(pointer, "must be a string, not " + kind(json));
        } else if (plain == boolean.class || plain == Boolean.class) {
            return json.isBoolean() ? json.asBoolean() : wrong(pointer, "must be true or false, not " + kind(json));
        } else if (plain == double.class || plain == Double.class) {
            return json.isNumber() && Double.isFinite(json.asDouble())
                    ? json.asDouble()
                    : wrong(pointer, "must be a finite number, not " + kind(json));
        } else if (JsonNode.class.isAssignableFrom(plain)) {
            return json.isObject() ? json : wrong(pointer, "must be an object, not " + kind(json));
        }
        return integer(json, plain, pointer);
    }

    private @Nullable Object integer(JsonNode json, Class<?> type, String pointer) {
        if (!json.isNumber() || json.asDouble() != Math.rint(json.asDouble())) {
            return wrong(pointer, "must be a whole number, not " + kind(json));
        }
        boolean small = type == int.class || type == Integer.class;
        double most = small ? Integer.MAX_VALUE : MOST_EXACT;
        if (Math.abs(json.asDouble()) > most) {
            return wrong(pointer, "must be at most " + Bounds.number(most) + " in size, not " + json);
        }
        return small ? (Object) (int) json.asDouble() : (Object) (long) json.asDouble();
    }

    private @Nullable Object constant(JsonNode json, Class<?> type, String pointer) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(each -> Json.name(((Enum<?>) each).name()))
                .toList();
        if (!json.isTextual()) {
            return wrong(pointer, "must be one of " + String.join(", ", names) + ", not " + kind(json));
        }
        int found = names.indexOf(json.asText());
        return found >= 0
                ? type.getEnumConstants()[found]
                : wrong(pointer, Nearest.unknown("value", json.asText(), names));
    }

    private @Nullable Object list(JsonNode json, Type element, String pointer) {
        if (!json.isArray()) {
            return wrong(pointer, "must be an array, not " + kind(json));
        }
        List<Object> items = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < json.size(); i++) {
            Object item = value(json.get(i), element, pointer + '/' + i);
            complete &= item != null && items.add(item);
        }
        return complete ? List.copyOf(items) : null;
    }

    private @Nullable Object map(JsonNode json, Type element, String pointer) {
        if (!json.isObject()) {
            return wrong(pointer, "must be an object, not " + kind(json));
        }
        Map<String, Object> members = new TreeMap<>();
        boolean complete = true;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            Object item = value(member.getValue(), element, child(pointer, member.getKey()));
            complete &= item != null;
            if (item != null) {
                members.put(member.getKey(), item);
            }
        }
        return complete ? members : null;
    }

    private @Nullable Object bounded(Object value, @Nullable Param param, String pointer) {
        String fault = param == null ? null : Bounds.fault(value, param.min(), param.max());
        return fault == null ? value : wrong(pointer, fault);
    }

    private <T> @Nullable T wrong(String pointer, String detail) {
        problems.add(new Problem(pointer, detail));
        return null;
    }

    private static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "the string " + shorten(json.toString());
            case NUMBER -> "the number " + shorten(json.toString());
            case BOOLEAN -> json.toString();
            case NULL, MISSING -> "null";
            case BINARY, POJO -> "binary data";
        };
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
