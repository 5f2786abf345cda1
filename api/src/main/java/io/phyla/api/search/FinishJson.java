package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Subject;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.run.Live;
import io.phyla.search.statistics.Sample;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.StoredSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last phase of a search as the contract's {@code Finish}, in short and in events. */
public final class FinishJson {

    private FinishJson() {}

    /** @param live the search in this process; null if it does not run */
    static ObjectNode of(StoredSearch search, List<FinalEvaluation> evaluations, @Nullable Live live) {
        JsonNode document = SearchJson.document(search);
        ObjectNode json = Json.MAPPER.createObjectNode().put("state", state(search, document));
        json.setAll(brief(search, document));
        FinishTable table = FinishTable.of(metrics(document), subjects(live), evaluations);
        ArrayNode metrics = json.putArray("metrics");
        table.metrics().forEach(each -> metrics.add(metric(each)));
        ArrayNode subjects = json.putArray("subjects");
        table.rows().forEach(each -> subjects.add(row(each)));
        ArrayNode differences = json.putArray("differences");
        for (FinishTable.Difference each : table.differences()) {
            ObjectNode item = differences.addObject();
            item.put("candidate", each.candidate().number());
            item.put("yardstick", each.yardstick().name());
            item.put("metric", each.metric());
            item.put("difference", each.difference());
            number(item, "standard_error", each.standardError());
        }
        return json;
    }

    private static String state(StoredSearch search, JsonNode document) {
        if (!document.path("finish").isObject()) {
            return "none";
        } else if (search.state().ended()) {
            return "done";
        }
        return search.reason() == null ? "waiting" : "running";
    }

    /** How far it is, and what it has cost; all of it is nothing for a search without a last phase. */
    static ObjectNode brief(StoredSearch search, JsonNode document) {
        return Json.MAPPER
                .createObjectNode()
                .put("done", search.finish().done())
                .put("total", total(search, document.path("finish")))
                .put("cost", search.finish().cost())
                .put("seconds", search.finish().milliseconds() / 1e3);
    }

    /** Before it has begun as many as it may become, then as many as it is. */
    private static long total(StoredSearch search, JsonNode finish) {
        if (search.finish().total() > 0) {
            return search.finish().total();
        }
        long best = finish.path("best").asLong();
        boolean chosen = search.reason() != null || search.state().ended();
        long candidates = chosen ? Math.min(best, search.summary().measured()) : best;
        return (candidates + finish.path("yardsticks").size())
                * finish.path("seeds").asLong();
    }

    /** What it measures. */
    public static List<String> metrics(JsonNode document) {
        List<String> metrics = new ArrayList<>();
        document.at("/finish/metrics").forEach(each -> metrics.add(each.asText()));
        return metrics;
    }

    /** Those who are known to come, whether they have an evaluation or not. */
    private static List<Subject> subjects(@Nullable Live live) {
        Live.Finishing finishing = live == null ? null : live.finish();
        return finishing == null ? List.of() : finishing.subjects();
    }

    private static ObjectNode metric(String name) {
        Metric metric = Providers.metrics().get(name);
        ObjectNode json = Json.MAPPER.createObjectNode().put("metric", name);
        json.put("direction", metric == null ? null : metric.direction().name().toLowerCase(Locale.ROOT));
        return json.put("unit", metric == null ? "" : metric.unit());
    }

    private static ObjectNode row(FinishTable.Row row) {
        ObjectNode json = subject(row.subject());
        ObjectNode metrics = json.putObject("metrics");
        row.samples().forEach((metric, sample) -> metrics.set(metric, sample(sample)));
        ArrayNode failures = json.putArray("failures");
        for (FinalEvaluation each : row.failures()) {
            failures.addObject().put("repetition", each.repetition()).setAll(cause(each.cause()));
        }
        ArrayNode seeds = json.putArray("seeds");
        row.evaluations().forEach(each -> seeds.add(String.valueOf(each.seed())));
        return json.put("cost", row.cost());
    }

    private static ObjectNode subject(Subject subject) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", subject.name());
        json.put("candidate", subject.candidate());
        return json.put("yardstick", subject.isYardstick());
    }

    private static ObjectNode sample(Sample sample) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("n", sample.size()).put("mean", sample.mean());
        number(json, "sd", sample.standardDeviation());
        number(json, "standard_error", sample.standardError());
        ArrayNode values = json.putArray("values");
        sample.values().forEach(values::add);
        return json;
    }

    /** JSON has no NaN: it becomes null. */
    private static void number(ObjectNode json, String name, double value) {
        if (Double.isNaN(value)) {
            json.putNull(name);
        } else {
            json.put(name, value);
        }
    }

    private static ObjectNode cause(@Nullable Cause cause) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        return cause == null
                ? json
                : json.put("kind", cause.kind().name().toLowerCase(Locale.ROOT)).put("detail", cause.detail());
    }

    /** What an event says of one evaluation. */
    public static ObjectNode event(Entry.FinalDone done) {
        FinalEvaluation it = done.evaluation();
        ObjectNode json = Json.MAPPER.createObjectNode().put("sequence", done.sequence());
        json.set("subject", subject(it.subject()));
        json.put("repetition", it.repetition());
        json.set("measurements", CandidateJson.measurements(it.measurements()));
        json.set("cause", it.cause() == null ? Json.MAPPER.nullNode() : cause(it.cause()));
        json.put("done", done.done());
        return json.put("total", done.total());
    }
}
