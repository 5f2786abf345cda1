package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.candidate.Cause;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where everything that was drawn has gone, as the contract's {@code Funnel}. */
final class FunnelJson {

    /** What a funnel shows even before anything fell to it, in the order in which an evaluation comes to it. */
    private static final List<Cause.Kind> SHOWN =
            List.of(Cause.Kind.LOW_QUALITY, Cause.Kind.NON_FINITE, Cause.Kind.UNSTABLE);

    private FunnelJson() {}

    /** JSON null if the search has no screen. */
    static JsonNode of(Summary summary) {
        Tolls tolls = summary.tolls();
        if (tolls.screened().isEmpty()) {
            return Json.MAPPER.nullNode();
        }
        ObjectNode json = Json.MAPPER.createObjectNode().put("drawn", summary.drawn());
        ArrayNode stages = json.putArray("stages");
        tolls.screened().forEach((stage, rejected) -> add(stages, stage, "screen", rejected));
        add(stages, "duplicate", "proposal", summary.duplicates());
        SHOWN.forEach(kind -> add(stages, kind, tolls.causes().getOrDefault(kind, 0L)));
        for (Map.Entry<Cause.Kind, Long> each : tolls.causes().entrySet()) {
            if (!SHOWN.contains(each.getKey())) {
                add(stages, each.getKey(), each.getValue());
            }
        }
        return json.put("measured", summary.measured());
    }

    private static void add(ArrayNode stages, Cause.Kind kind, long rejected) {
        String phase =
                switch (kind) {
                    case INFEASIBLE, SCREENED -> "proposal";
                    case EVALUATION_FAILED,
                            NON_FINITE,
                            LOW_QUALITY,
                            UNSTABLE,
                            TOO_LARGE,
                            TIMED_OUT,
                            WORKER_DIED -> "evaluation";
                };
        add(stages, kind.name().toLowerCase(Locale.ROOT), phase, rejected);
    }

    private static void add(ArrayNode stages, String name, String phase, long rejected) {
        stages.addObject().put("name", name).put("phase", phase).put("rejected", rejected);
    }
}
