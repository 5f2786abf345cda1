package io.phyla.storage.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers by name as short text, {@code structure=3;constant=1}, in order; both ways. */
final class Counts {

    private Counts() {}

    static String write(Map<String, ? extends Number> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(";"));
    }

    static Map<String, Long> read(String text) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
            int equals = part.indexOf('=');
            counts.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
        }
        return counts;
    }
}
