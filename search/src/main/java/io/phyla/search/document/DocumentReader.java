package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a search document against its schema, the space, the metrics and what is reachable; reports all at once. What
 * it accepts comes back with every default filled in, and reading that again gives the same.
 */
public final class DocumentReader {

    private final JsonNode json;
    private final Artifacts artifacts;
    private final List<Problem> problems = new ArrayList<>();

    private DocumentReader(JsonNode json, Artifacts artifacts) {
        this.json = json;
        this.artifacts = artifacts;
    }

    /** What came of reading. */
    public sealed interface Result {

        /** The document can be run. */
        record Accepted(SearchSetup setup) implements Result {}

        /** It cannot, for these reasons, at least one. */
        record Refused(List<Problem> problems) implements Result {}
    }

    public static Result read(JsonNode json, Artifacts artifacts) {
        return new DocumentReader(withWindow(json), artifacts).read();
    }

    /** A budget smaller than the default window would leave no proposal that knows a result. */
    private static JsonNode withWindow(JsonNode json) {
        double evaluations = json.at("/budget/evaluations").asDouble();
        return evaluations >= 1
                        && evaluations < SearchDocument.DEFAULT_WINDOW
                        && json instanceof ObjectNode object
                        && !object.has("window")
                ? object.deepCopy().set("window", IntNode.valueOf((int) evaluations))
                : json;
    }

    private Result read() {
        SearchDocument document = RecordReader.read(json, SearchDocument.class, "", problems);
        Parts parts = new Parts(json, artifacts, problems);
        SearchSpace space = parts.space();
        Record strategy = parts.strategy();
        Map<String, Record> evaluators = parts.evaluators(space);
        new MetricChecks(json, problems).check();
        new BudgetChecks(json, problems).check();
        SearchSetup.Finish finish = new FinishReader(json, space, artifacts, problems).read();
        if (space != null) {
            Names.check(json, "/start", "start", space.known().keySet(), problems);
            problems.addAll(new Reachable(json, space, artifacts).check());
        }
        if (space != null && problems.isEmpty()) {
            screens(space, evaluators);
        }
        if (document == null || space == null || strategy == null || !problems.isEmpty()) {
            return new Result.Refused(List.copyOf(new LinkedHashSet<>(problems)));
        }
        return new Result.Accepted(setup(document, space, strategy, evaluators, finish));
    }

    private void screens(SearchSpace space, Map<String, Record> evaluators) {
        List<String> screening = evaluations(Parts.wanted(json), evaluators).stream()
                .filter(each -> each.screen(space).isPresent())
                .map(each -> each.evaluator().name())
                .toList();
        if (screening.size() > 1) {
            problems.add(new Problem(
                    "/objectives",
                    "proposals pass one screen at most, but the evaluators " + String.join(" and ", screening)
                            + " have one each; ask for metrics of one of them only"));
        }
    }

    private SearchSetup setup(
            SearchDocument document,
            SearchSpace space,
            Record strategy,
            Map<String, Record> evaluators,
            SearchSetup.@Nullable Finish finish) {
        List<SearchSetup.Wanted> evaluations = evaluations(Parts.wanted(json), evaluators);
        return new SearchSetup(
                filledIn(document, space, strategy, evaluations, finish),
                space,
                new SearchSetup.Configured(
                        Providers.strategy(document.strategy().name()), strategy),
                document.objectives().stream().map(DocumentReader::objective).toList(),
                evaluations,
                CheapMetrics.open(space, artifacts),
                finish);
    }

    /** The expensive evaluators whose parameters are known, with the metrics wanted of them. */
    static List<SearchSetup.Wanted> evaluations(Map<String, Set<String>> wanted, Map<String, Record> parameters) {
        return wanted.entrySet().stream()
                .filter(each -> parameters.containsKey(each.getKey()))
                .map(each -> new SearchSetup.Wanted(
                        Providers.evaluator(each.getKey()),
                        Objects.requireNonNull(parameters.get(each.getKey())),
                        each.getValue()))
                .toList();
    }

    private static SearchSetup.Objective objective(SearchDocument.Objective objective) {
        Metric metric = Providers.metric(objective.metric());
        Direction asked = objective.direction();
        return new SearchSetup.Objective(metric.name(), metric.unit(), asked == null ? metric.direction() : asked);
    }

    private static SearchDocument filledIn(
            SearchDocument document,
            SearchSpace space,
            Record strategy,
            List<SearchSetup.Wanted> evaluations,
            SearchSetup.@Nullable Finish finish) {
        return new SearchDocument(
                document.name(),
                new SearchDocument.Part(space.name(), Json.MAPPER.valueToTree(space.parameters())),
                document.objectives(),
                document.metrics(),
                document.constraints(),
                parameters(evaluations),
                new SearchDocument.Part(document.strategy().name(), Json.MAPPER.valueToTree(strategy)),
                document.start(),
                document.budget(),
                document.limits(),
                document.window(),
                document.seed(),
                finish == null
                        ? null
                        : new SearchDocument.Finish(
                                finish.best(),
                                finish.seeds(),
                                parameters(finish.evaluations()),
                                finish.metrics(),
                                finish.yardsticks()));
    }

    private static Map<String, JsonNode> parameters(List<SearchSetup.Wanted> evaluations) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        evaluations.forEach(each ->
                parameters.put(each.evaluator().name(), Json.MAPPER.<ObjectNode>valueToTree(each.parameters())));
        return parameters;
    }
}
