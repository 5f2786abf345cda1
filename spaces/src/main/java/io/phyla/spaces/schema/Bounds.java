package io.phyla.spaces.schema;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Whether a value keeps to the bounds of its {@link Param}. */
final class Bounds {

    private Bounds() {}

    /** What is wrong with a number or a text and what would be right; null if nothing is. */
    static @Nullable String fault(Object value, Param param) {
        return switch (value) {
            case Number number -> fault("must be ", number.doubleValue(), "", param);
            case String text -> fault("must have ", text.length(), " characters", param);
            default -> null;
        };
    }

    /** What is wrong with the size of an array or object; asked before its content is read, which may be long. */
    static @Nullable String sizeFault(JsonNode json, Param param) {
        return fault("must have ", json.size(), json.isArray() ? " items" : " members", param);
    }

    private static @Nullable String fault(String verb, double value, String what, Param param) {
        if (value < param.min()) {
            return verb + "at least " + number(param.min()) + what + ", not " + number(value);
        }
        return value > param.max() ? verb + "at most " + number(param.max()) + what + ", not " + number(value) : null;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
