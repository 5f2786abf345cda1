package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Artifacts;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks a search document against its schema, the space, the metrics and what is reachable; reports all at once. */
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

        /** It cannot, for these reasons. */
        record Refused(List<Problem> problems) implements Result {}
    }

    public static Result read(JsonNode json, Artifacts artifacts) {
        return new DocumentReader(json, artifacts).read();
    }

    private Result read() {
        SearchDocument document = RecordReader.read(json, SearchDocument.class, "", problems);
        SearchSpace space = space();
        Record strategyParameters = strategyParameters();
        Map<String, Record> evaluatorParameters = evaluatorParameters();
        checkMetrics();
        if (document == null || space == null || strategyParameters == null || !problems.isEmpty()) {
            return new Result.Refused(List.copyOf(problems));
        }
        SearchSetup setup = setup(document, space, strategyParameters, evaluatorParameters);
        problems.addAll(new Reachable(setup).check());
        return problems.isEmpty() ? new Result.Accepted(setup) : new Result.Refused(List.copyOf(problems));
    }

    private @Nullable SearchSpace space() {
        SpaceProvider<?> provider = named("/space/name", "space", Providers.spaces());
        return provider == null ? null : create(provider);
    }

    private <P extends Record> @Nullable SearchSpace create(SpaceProvider<P> provider) {
        P parameters = part("/space/parameters", provider.parameters());
        if (parameters == null) {
            return null;
        }
        try {
            return provider.create(parameters);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("/space/parameters", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable Record strategyParameters() {
        StrategyProvider<?> provider = named("/strategy/name", "strategy", Providers.strategies());
        if (provider == null) {
            return null;
        }
        if (!provider.multiObjective() && json.path("objectives").size() > 1) {
            problems.add(new Problem(
                    "/objectives",
                    "strategy " + provider.name() + " optimises one objective, not "
                            + json.path("objectives").size() + "; list the others under metrics"));
        }
        return part("/strategy/parameters", provider.parameters());
    }

    private Map<String, Record> evaluatorParameters() {
        Map<String, Record> read = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : json.path("evaluators").properties()) {
            Evaluator<?> evaluator = Providers.evaluators().get(member.getKey());
            if (evaluator == null) {
                problems.add(new Problem(
                        RecordReader.child("/evaluators", member.getKey()),
                        Nearest.unknown("evaluator", member.getKey(), Providers.evaluators().keySet())));
            }
        }
        for (Evaluator<?> evaluator : wanted().keySet().stream()
                .map(Providers.evaluators()::get)
                .toList()) {
            Record parameters = checked(evaluator);
            if (parameters != null) {
                read.put(evaluator.name(), parameters);
            }
        }
        return read;
    }

    private <P extends Record> @Nullable P checked(Evaluator<P> evaluator) {
        String pointer = "/evaluators/" + evaluator.name();
        P parameters = part(pointer, evaluator.parameters());
        if (parameters != null) {
            evaluator
                    .check(parameters, artifacts)
                    .forEach(each -> problems.add(new Problem(pointer + each.pointer(), each.detail())));
        }
        return parameters;
    }

    private void checkMetrics() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < json.path("objectives").size(); i++) {
            checkMetric("/objectives/" + i + "/metric", seen);
        }
        for (int i = 0; i < json.path("metrics").size(); i++) {
            checkMetric("/metrics/" + i, seen);
        }
        for (int i = 0; i < json.path("constraints").size(); i++) {
            String pointer = "/constraints/" + i + "/metric";
            Metric metric = named(pointer, "metric", Providers.metrics());
            if (metric != null && !metric.cheap()) {
                problems.add(new Problem(
                        pointer, metric.name() + " is not a cheap metric; constraints can bound "
                                + String.join(", ", cheapNames())));
            }
        }
    }

    private void checkMetric(String pointer, Set<String> seen) {
        Metric metric = named(pointer, "metric", Providers.metrics());
        if (metric != null && !seen.add(metric.name())) {
            problems.add(new Problem(pointer, metric.name() + " is already asked for"));
        }
    }

    private static List<String> cheapNames() {
        return Providers.metrics().values().stream()
                .filter(Metric::cheap)
                .map(Metric::name)
                .toList();
    }

    private <T> @Nullable T named(String pointer, String what, Map<String, T> known) {
        JsonNode name = json.at(pointer);
        if (!name.isTextual()) {
            return null;
        }
        T found = known.get(name.asText());
        if (found == null) {
            problems.add(new Problem(pointer, Nearest.unknown(what, name.asText(), known.keySet())));
        }
        return found;
    }

    private <P extends Record> @Nullable P part(String pointer, Class<P> type) {
        JsonNode found = json.at(pointer);
        boolean absent = found.isMissingNode() || found.isNull();
        return RecordReader.read(absent ? Json.MAPPER.createObjectNode() : found, type, pointer, problems);
    }

    /** Expensive evaluators by name, with the metrics the document asks of them. */
    private Map<String, Set<String>> wanted() {
        List<String> names = new ArrayList<>();
        json.path("objectives").forEach(each -> names.add(each.path("metric").asText()));
        json.path("metrics").forEach(each -> names.add(each.asText()));
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (String name : names) {
            Evaluator<?> evaluator = Providers.evaluatorByMetric().get(name);
            if (evaluator != null && !CheapMetrics.isCheap(evaluator)) {
                wanted.computeIfAbsent(evaluator.name(), _ -> new TreeSet<>()).add(name);
            }
        }
        return wanted;
    }

    private SearchSetup setup(
            SearchDocument document, SearchSpace space, Record strategy, Map<String, Record> evaluators) {
        StrategyProvider<?> provider =
                Providers.strategies().get(document.strategy().name());
        List<SearchSetup.Objective> objectives = document.objectives().stream()
                .map(each -> {
                    Metric metric = Providers.metrics().get(each.metric());
                    return new SearchSetup.Objective(
                            metric.name(),
                            metric.unit(),
                            each.direction() == null ? metric.direction() : each.direction());
                })
                .toList();
        List<SearchSetup.Wanted> evaluations = wanted().entrySet().stream()
                .map(each -> new SearchSetup.Wanted(
                        Providers.evaluators().get(each.getKey()), evaluators.get(each.getKey()), each.getValue()))
                .toList();
        return new SearchSetup(
                filledIn(document, space, strategy, evaluators),
                space,
                new SearchSetup.Configured(provider, strategy),
                objectives,
                evaluations,
                CheapMetrics.open(space, artifacts));
    }

    private static SearchDocument filledIn(
            SearchDocument document, SearchSpace space, Record strategy, Map<String, Record> evaluators) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        evaluators.forEach((name, record) -> parameters.put(name, Json.MAPPER.<ObjectNode>valueToTree(record)));
        return new SearchDocument(
                document.name(),
                new SearchDocument.Part(space.name(), Json.MAPPER.valueToTree(space.parameters())),
                document.objectives(),
                document.metrics(),
                document.constraints(),
                parameters,
                new SearchDocument.Part(document.strategy().name(), Json.MAPPER.valueToTree(strategy)),
                document.budget(),
                document.limits(),
                document.window(),
                document.seed());
    }
}
