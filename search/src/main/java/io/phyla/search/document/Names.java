package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists of names out of those that a space or the program knows, each at most once. */
final class Names {

    /** Longer lists are refused as a whole before this, so that a large wrong document gets no larger answer. */
    private static final int MOST_CHECKED = 1000;

    private Names() {}

    /**
     * Reports what is unknown and what stands twice.
     *
     * @param pointer where the list stands
     * @param what a name stands for, in a word
     */
    static void check(JsonNode json, String pointer, String what, Collection<String> known, List<Problem> problems) {
        JsonNode list = json.at(pointer);
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; list.isArray() && i < Math.min(MOST_CHECKED, list.size()); i++) {
            String name = list.get(i).asText();
            if (!list.get(i).isTextual()) {
                continue;
            }
            Integer first = seen.putIfAbsent(name, i);
            if (!known.contains(name)) {
                problems.add(new Problem(
                        pointer + '/' + i,
                        Nearest.unknown(what, name, known) + (known.isEmpty() ? " This space has none." : "")));
            } else if (first != null) {
                problems.add(new Problem(
                        pointer + '/' + i, what + " " + name + " stands already at " + pointer + '/' + first));
            }
        }
    }
}
