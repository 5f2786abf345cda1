package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import org.jspecify.annotations.Nullable;

/** Whether a document is small enough to be looked at, its numbers included. */
final class Sizes {

    private int left = Limits.CHARACTERS;

    private Sizes() {}

    /** The first thing that is beyond bounds, with its place; null if nothing is. */
    static @Nullable Problem fault(JsonNode json) {
        return new Sizes().walk(json, "", 0);
    }

    private @Nullable Problem walk(JsonNode json, String pointer, int depth) {
        if (depth > Limits.NESTING) {
            return new Problem(
                    pointer, "objects and arrays stand more than " + Limits.NESTING + " deep inside one another");
        }
        if (json.isNumber() && !Double.isFinite(json.doubleValue())) {
            return new Problem(pointer, "must be a number of at most 1.8e308");
        }
        left -= json.isValueNode() ? json.asText().length() + 1 : 2;
        Problem problem = left < 0
                ? new Problem("", "the document has more than " + Limits.CHARACTERS + " characters, models included")
                : null;
        for (var members = json.properties().iterator(); members.hasNext() && problem == null; ) {
            var member = members.next();
            left -= member.getKey().length() + 4;
            problem = walk(member.getValue(), RecordReader.child(pointer, member.getKey()), depth + 1);
        }
        for (int i = 0; json.isArray() && i < json.size() && problem == null; i++) {
            problem = walk(json.get(i), pointer + '/' + i, depth + 1);
        }
        return problem;
    }

    /** Databases and terminals change or refuse these, so that what comes back is not what was sent. */
    static boolean unwritable(int codePoint) {
        boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
        return Character.isISOControl(codePoint) && !layout
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
