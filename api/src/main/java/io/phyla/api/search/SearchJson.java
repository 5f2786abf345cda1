package io.phyla.api.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Metric;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.run.Live;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.StoredSearch;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A search as the contract's {@code Search}. */
public final class SearchJson {

    private SearchJson() {}

    /** @param live the search in this process; null if it does not run */
    public static ObjectNode of(StoredSearch search, @Nullable Live live) {
        JsonNode document = document(search);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", search.header().id());
        json.put("name", search.header().name());
        json.put("state", name(search.state()));
        json.put("ended_by", endedBy(search.state(), search.reason()));
        json.put("halted", live == null ? null : live.halted());
        json.put("created_at", instant(search.header().createdAt()));
        json.put("updated_at", instant(search.updatedAt()));
        json.set("document", document);
        json.set("objectives", objectives(document));
        ArrayNode metrics = json.putArray("metrics");
        metrics(document).forEach(metrics::add);
        json.set("progress", progress(document, search.state(), search.summary(), live));
        json.set("funnel", funnel(search.summary()));
        json.put("front_size", search.summary().frontSize());
        json.set("best", best(search.summary()));
        json.put("sequence", search.sequence());
        if (document.path("finish").isObject()) {
            json.set("finish", FinishJson.brief(search, document));
        }
        return json;
    }

    /** The document as it was submitted, defaults filled in. */
    public static JsonNode document(StoredSearch search) {
        try {
            return Json.MAPPER.readTree(search.header().document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the document of search " + search.header().id() + " cannot be read", e);
        }
    }

    /** Why it ended; null while it has not. */
    public static @Nullable String endedBy(SearchState state, @Nullable String reason) {
        return state.ended() ? String.valueOf(reason) : null;
    }

    public static String name(SearchState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static ArrayNode objectives(JsonNode document) {
        ArrayNode objectives = Json.MAPPER.createArrayNode();
        for (JsonNode each : document.path("objectives")) {
            String name = each.path("metric").asText();
            Metric metric = Providers.metrics().get(name);
            ObjectNode objective = objectives.addObject().put("metric", name);
            if (each.hasNonNull("direction")) {
                objective.put("direction", each.get("direction").asText());
            } else if (metric != null) {
                objective.put("direction", metric.direction().name().toLowerCase(Locale.ROOT));
            }
            objective.put("unit", metric == null ? "" : metric.unit());
        }
        return objectives;
    }

    /** Everything its candidates are measured by, in order of names. */
    public static Set<String> metrics(JsonNode document) {
        Set<String> names = new TreeSet<>();
        Providers.metrics().values().stream().filter(Metric::cheap).forEach(each -> names.add(each.name()));
        document.path("objectives")
                .forEach(each -> names.add(each.path("metric").asText()));
        document.path("metrics").forEach(each -> names.add(each.asText()));
        return names;
    }

    /** @param live the search in this process; null if it does not run */
    public static ObjectNode progress(JsonNode document, SearchState state, Summary summary, @Nullable Live live) {
        double overall = summary.seconds() > 0 ? summary.evaluations() / summary.seconds() : 0;
        double rate = live != null && live.rate() > 0 ? live.rate() : overall;
        Budgets budgets = new Budgets(document, summary, rate);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("proposed", summary.proposed());
        json.put("measured", summary.measured());
        json.put("failed", summary.failed());
        json.put("rejected", summary.rejected());
        json.put("duplicates", summary.duplicates());
        json.put("in_flight", live == null ? 0 : live.inFlight());
        json.put("evaluations", summary.evaluations());
        json.put("cost", summary.cost());
        json.put("seconds", summary.seconds());
        json.put("rate", rate);
        boolean over = state == SearchState.FINISHED || state == SearchState.FINISHING;
        json.put("fraction", over ? 1 : budgets.fraction());
        json.put("seconds_left", state == SearchState.RUNNING ? budgets.secondsLeft() : null);
        return json;
    }

    /** Where everything that was drawn has gone; JSON null if the search has no screen. */
    public static JsonNode funnel(Summary summary) {
        return FunnelJson.of(summary);
    }

    /** The best candidate, or JSON null. */
    public static JsonNode best(Summary summary) {
        return summary.best() == null
                ? Json.MAPPER.nullNode()
                : Json.MAPPER.createObjectNode().put("number", summary.best()).put("value", summary.bestValue());
    }
}
