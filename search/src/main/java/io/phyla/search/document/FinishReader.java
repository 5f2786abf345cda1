package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The last phase that a document asks for, checked against what the space and the evaluators can give. */
final class FinishReader {

    private static final String POINTER = "/finish";

    /** With these a table says something and still fits on a screen. */
    private static final int YARDSTICKS = 4;

    private final JsonNode json;
    private final @Nullable SearchSpace space;
    private final Artifacts artifacts;
    private final List<Problem> problems;

    FinishReader(JsonNode json, @Nullable SearchSpace space, Artifacts artifacts, List<Problem> problems) {
        this.json = json;
        this.space = space;
        this.artifacts = artifacts;
        this.problems = problems;
    }

    /** Null if there is none, or something is wrong in the document. */
    SearchSetup.@Nullable Finish read() {
        if (!json.path("finish").isObject()) {
            return null;
        }
        List<String> metrics = metrics();
        List<String> yardsticks = yardsticks();
        JsonNode view = view(metrics);
        Map<String, Record> evaluators = evaluators(view);
        SearchDocument.Finish asked =
                RecordReader.read(json.path("finish"), SearchDocument.Finish.class, POINTER, new ArrayList<>());
        if (asked != null && asked.best() == 0 && yardsticks.isEmpty() && space != null) {
            problems.add(
                    new Problem(POINTER + "/best", "nothing is evaluated; it must be at least 1, or give yardsticks"));
        }
        return asked == null || !problems.isEmpty()
                ? null
                : new SearchSetup.Finish(
                        asked.best(),
                        asked.seeds(),
                        DocumentReader.evaluations(Parts.wanted(view), evaluators),
                        metrics,
                        yardsticks);
    }

    private List<String> metrics() {
        JsonNode named = json.at(POINTER + "/metrics");
        if (named.isArray()) {
            Names.check(
                    json, POINTER + "/metrics", "metric", Providers.metrics().keySet(), problems);
            for (int i = 0; i < named.size(); i++) {
                Metric metric = Providers.metrics().get(named.get(i).asText());
                if (metric != null && metric.cheap()) {
                    problems.add(new Problem(
                            POINTER + "/metrics/" + i,
                            metric.name() + " follows from the design alone and is the same for every seed"));
                }
            }
            return texts(named);
        }
        JsonNode objectives = json.path("objectives");
        List<String> measured = objectives.findValuesAsText("metric").stream()
                .filter(name -> {
                    Metric metric = Providers.metrics().get(name);
                    return metric != null && !metric.cheap();
                })
                .toList();
        if (measured.isEmpty() && !objectives.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(
                    POINTER,
                    "every objective follows from the design alone and is the same for every seed; name metrics that"
                            + " need measuring"));
        }
        return measured;
    }

    private List<String> yardsticks() {
        JsonNode named = json.at(POINTER + "/yardsticks");
        if (space == null) {
            return List.of();
        }
        if (named.isArray()) {
            Names.check(
                    json,
                    POINTER + "/yardsticks",
                    "yardstick",
                    space.yardsticks().keySet(),
                    problems);
            return texts(named);
        }
        return space.yardsticks().keySet().stream().limit(YARDSTICKS).toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** A document of the last phase alone: its metrics, and the search's evaluators with what differs. */
    private JsonNode view(List<String> metrics) {
        ObjectNode view = Json.MAPPER.createObjectNode();
        ArrayNode named = view.putArray("metrics");
        metrics.forEach(named::add);
        ObjectNode evaluators = view.putObject("evaluators");
        json.path("evaluators").properties().forEach(each -> evaluators.set(each.getKey(), each.getValue()));
        merge(evaluators, json.at(POINTER + "/evaluators"));
        return view;
    }

    /** Object by object: whatever the other does not say stays as it is. */
    private static void merge(ObjectNode into, JsonNode other) {
        other.properties().forEach(each -> {
            if (into.get(each.getKey()) instanceof ObjectNode known
                    && each.getValue().isObject()) {
                ObjectNode copy = known.deepCopy();
                merge(copy, each.getValue());
                into.set(each.getKey(), copy);
            } else {
                into.set(each.getKey(), each.getValue());
            }
        });
    }

    /** What is wrong with the search's own evaluators is said there; what the last phase itself says wrongly, here too. */
    private Map<String, Record> evaluators(JsonNode view) {
        List<Problem> found = new ArrayList<>();
        Map<String, Record> evaluators = new Parts(view, artifacts, found).evaluators(space);
        found.removeIf(each ->
                problems.contains(each) && !json.at(POINTER + each.pointer()).isValueNode());
        found.forEach(each -> problems.add(new Problem(POINTER + each.pointer(), each.detail())));
        return evaluators;
    }
}
