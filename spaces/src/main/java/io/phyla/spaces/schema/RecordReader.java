package io.phyla.spaces.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON into a record and reports everything that is wrong at once, each mistake at its JSON Pointer. */
public final class RecordReader {

    /** Of unknown members, so that a large wrong document does not get a much larger answer. */
    private static final int MOST_REPORTED = 20;

    private final List<Problem> problems;

    private RecordReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Reads a record. A member that is left out takes its default; {@code null} is the same as left out only where the
     * component may be null. A record's own {@link IllegalArgumentException} is a problem of the whole record.
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
            return wrong(pointer, "must be an object, not " + Scalars.kind(json));
        }
        int before = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(each -> Json.name(each.getName())).toList();
        unknown(json, names, pointer);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(json, components[i], names.get(i), pointer);
        }
        return problems.size() == before ? construct(type, components, values, pointer) : null;
    }

    private void unknown(JsonNode json, List<String> names, String pointer) {
        List<String> unknown = new ArrayList<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(names);
        for (String member : unknown.subList(0, Math.min(unknown.size(), MOST_REPORTED))) {
            problems.add(new Problem(child(pointer, member), Nearest.unknown("member", member, names)));
        }
        if (unknown.size() > MOST_REPORTED) {
            wrong(pointer, unknown.size() - MOST_REPORTED + " more members are unknown");
        }
    }

    private @Nullable Object component(JsonNode json, RecordComponent component, String name, String pointer) {
        String place = child(pointer, name);
        JsonNode value = json.get(name);
        boolean nullable = RecordSchema.nullable(component);
        JsonNode byDefault = RecordSchema.byDefault(component);
        if (value == null || value.isNull() && nullable) {
            if (byDefault == null) {
                return nullable ? null : wrong(place, "is required");
            }
            value = byDefault;
        }
        Param param = component.getAnnotation(Param.class);
        String tooMany = param == null || !value.isContainerNode() ? null : Bounds.sizeFault(value, param);
        if (tooMany != null) {
            return wrong(place, tooMany);
        }
        Object read = value(value, component.getGenericType(), place);
        String fault = read == null || param == null ? null : Bounds.fault(read, param);
        return fault == null ? read : wrong(place, fault);
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
        return plain.isRecord()
                ? object(json, plain.asSubclass(Record.class), pointer)
                : Scalars.read(json, plain, fault -> wrong(pointer, fault));
    }

    private @Nullable Object list(JsonNode json, Type element, String pointer) {
        if (!json.isArray()) {
            return wrong(pointer, "must be an array, not " + Scalars.kind(json));
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
            return wrong(pointer, "must be an object, not " + Scalars.kind(json));
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
        return complete ? Collections.unmodifiableMap(members) : null;
    }

    private <T> @Nullable T wrong(String pointer, String detail) {
        problems.add(new Problem(pointer, detail));
        return null;
    }
}
