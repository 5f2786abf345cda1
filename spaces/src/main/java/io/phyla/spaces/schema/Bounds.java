package io.phyla.spaces.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value keeps to the bounds of its {@link Param}. */
final class Bounds {

    private Bounds() {}

    /** What is wrong and what would be right; null if nothing is. */
    static @Nullable String fault(Object value, double min, double max) {
        return switch (value) {
            case Number number -> fault("must be ", number.doubleValue(), "", min, max);
            case String text -> fault("must have ", text.length(), " characters", min, max);
            case List<?> list -> fault("must have ", list.size(), " items", min, max);
            case Map<?, ?> map -> fault("must have ", map.size(), " members", min, max);
            default -> null;
        };
    }

    private static @Nullable String fault(String verb, double value, String what, double min, double max) {
        if (value < min) {
            return verb + "at least " + number(min) + what + ", not " + number(value);
        }
        return value > max ? verb + "at most " + number(max) + what + ", not " + number(value) : null;
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
