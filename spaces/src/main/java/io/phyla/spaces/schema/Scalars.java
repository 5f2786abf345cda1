package io.phyla.spaces.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what has no members: numbers, text, flags, constants, and JSON objects kept as they are. */
final class Scalars {

    /** Above this, JSON readers of other languages no longer tell neighbouring whole numbers apart. */
    private static final long MOST_EXACT = 1L << 53;

    private Scalars() {}

    /** The value; null after telling the fault. */
    static @Nullable Object read(JsonNode json, Class<?> type, Consumer<String> fault) {
        if (type.isEnum()) {
            return constant(json, type, fault);
        } else if (type == String.class) {
            return text(json, fault);
        } else if (type == boolean.class || type == Boolean.class) {
            return json.isBoolean() ? json.asBoolean() : wrong("true or false", json, fault);
        } else if (type == double.class || type == Double.class) {
            return json.isNumber() && Double.isFinite(json.asDouble())
                    ? (Object) json.asDouble()
                    : wrong("a finite number", json, fault);
        } else if (JsonNode.class.isAssignableFrom(type)) {
            return json.isObject() ? json : wrong("an object", json, fault);
        } else if (type == int.class || type == Integer.class) {
            Long read = integer(json, Integer.MAX_VALUE, fault);
            return read == null ? null : (Object) Math.toIntExact(read);
        } else if (type == long.class || type == Long.class) {
            return integer(json, MOST_EXACT, fault);
        }
        throw new IllegalStateException("records read from JSON have no " + type);
    }

    private static @Nullable Long integer(JsonNode json, long most, Consumer<String> fault) {
        if (!json.isNumber() || !whole(json)) {
            return wrong("a whole number", json, fault);
        }
        // A double reaches any size without the cost of writing 1e999999999 out in digits.
        if (Math.abs(json.doubleValue()) > most || json.isIntegralNumber() && !between(json, most)) {
            fault.accept("must be at most " + most + " in size, not " + shorten(json.toString()));
            return null;
        }
        return json.isIntegralNumber() ? json.longValue() : (long) json.doubleValue();
    }

    private static boolean whole(JsonNode json) {
        return json.isIntegralNumber() || json.doubleValue() == Math.rint(json.doubleValue());
    }

    private static boolean between(JsonNode json, long most) {
        return json.decimalValue().abs().compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static @Nullable String text(JsonNode json, Consumer<String> fault) {
        if (!json.isTextual()) {
            return wrong("a string", json, fault);
        }
        String text = json.asText();
        if (text.codePoints().anyMatch(Scalars::unwritable)) {
            fault.accept("must not contain control characters or halves of surrogate pairs");
            return null;
        }
        return text;
    }

    /** Databases and terminals change or refuse these, so that what comes back is not what was sent. */
    private static boolean unwritable(int codePoint) {
        boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
        return Character.isISOControl(codePoint) && !layout
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static @Nullable Object constant(JsonNode json, Class<?> type, Consumer<String> fault) {
        List<String> names = constants(type);
        if (!json.isTextual()) {
            return wrong("one of " + String.join(", ", names), json, fault);
        }
        int found = names.indexOf(json.asText());
        if (found < 0) {
            fault.accept(Nearest.unknown("value", json.asText(), names));
            return null;
        }
        return type.getEnumConstants()[found];
    }

    /** The names JSON has for the constants of an enum, in their order. */
    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> Json.name(((Enum<?>) each).name()))
                .toList();
    }

    private static <T> @Nullable T wrong(String right, JsonNode json, Consumer<String> fault) {
        fault.accept("must be " + right + ", not " + kind(json));
        return null;
    }

    /** What stands there, in words. */
    static String kind(JsonNode json) {
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
