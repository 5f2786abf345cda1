package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Whether a document is small enough to be looked at. */
final class Sizes {

    private int left = Limits.CHARACTERS;

    private Sizes() {}

    /** What is too large; null if nothing is. */
    static @Nullable String fault(JsonNode json) {
        Sizes sizes = new Sizes();
        String fault = sizes.walk(json, 0);
        return fault != null || sizes.left >= 0
                ? fault
                : "the document has more than " + Limits.CHARACTERS + " characters, models included";
    }

    private @Nullable String walk(JsonNode json, int depth) {
        if (depth > Limits.NESTING) {
            return "objects and arrays stand more than " + Limits.NESTING + " deep inside one another";
        }
        left -= json.isValueNode() ? json.asText().length() + 1 : 2;
        if (json.isObject()) {
            for (String name : (Iterable<String>) json::fieldNames) {
                left -= name.length() + 4;
            }
        }
        for (JsonNode child : json) {
            String fault = left < 0 ? null : walk(child, depth + 1);
            if (fault != null || left < 0) {
                return fault;
            }
        }
        return null;
    }

    /** Databases and terminals change or refuse these, so that what comes back is not what was sent. */
    static boolean unwritable(int codePoint) {
        boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
        return Character.isISOControl(codePoint) && !layout
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
