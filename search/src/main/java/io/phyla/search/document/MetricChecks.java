package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.schema.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the metrics a document names exist, stand once, and can be used where they stand. */
final class MetricChecks {

    /** Longer lists are refused as a whole before this, so that a large wrong document gets no larger answer. */
    private static final int MOST_CHECKED = 64;

    private final JsonNode json;
    private final List<Problem> problems;
    private final Map<String, String> seen = new HashMap<>();

    MetricChecks(JsonNode json, List<Problem> problems) {
        this.json = json;
        this.problems = problems;
    }

    void check() {
        for (int i = 0; i < count("objectives"); i++) {
            once("/objectives/" + i + "/metric");
        }
        for (int i = 0; i < count("metrics"); i++) {
            once("/metrics/" + i);
        }
        for (int i = 0; i < count("constraints"); i++) {
            cheap("/constraints/" + i + "/metric");
        }
    }

    private int count(String member) {
        return Math.min(MOST_CHECKED, json.path(member).size());
    }

    private void once(String pointer) {
        Metric metric = Parts.named(json, pointer, "metric", Providers.metrics(), problems);
        if (metric == null) {
            return;
        }
        String first = seen.putIfAbsent(metric.name(), pointer);
        if (first != null) {
            problems.add(new Problem(pointer, metric.name() + " is already asked for at " + first));
        }
    }

    private void cheap(String pointer) {
        Metric metric = Parts.named(json, pointer, "metric", Providers.metrics(), problems);
        if (metric != null && !metric.cheap()) {
            List<String> cheap = Providers.metrics().values().stream()
                    .filter(Metric::cheap)
                    .map(Metric::name)
                    .toList();
            problems.add(new Problem(
                    pointer,
                    metric.name() + " must be measured to be known; constraints can bound "
                            + String.join(", ", cheap)));
        }
    }
}
