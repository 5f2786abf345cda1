package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.port.Artifacts;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parts a document names, each with parameters of its own: space, strategy, evaluators. */
final class Parts {

    private static final int MOST_DECISIONS = 4096;

    private final JsonNode json;
    private final Artifacts artifacts;
    private final List<Problem> problems;

    Parts(JsonNode json, Artifacts artifacts, List<Problem> problems) {
        this.json = json;
        this.artifacts = artifacts;
        this.problems = problems;
    }

    @Nullable
    SearchSpace space() {
        SpaceProvider<?> provider = named(json, "/space/name", "space", Providers.spaces(), problems);
        return provider == null ? null : create(provider);
    }

    private <P extends Record> @Nullable SearchSpace create(SpaceProvider<P> provider) {
        P parameters = parameters("/space/parameters", provider.parameters());
        if (parameters == null) {
            return null;
        }
        List<Problem> found = provider.check(parameters);
        if (!found.isEmpty()) {
            found.forEach(each -> problems.add(new Problem("/space/parameters" + each.pointer(), each.detail())));
            return null;
        }
        try {
            SearchSpace space = provider.create(parameters);
            int decisions = space.decisions().size();
            if (decisions <= MOST_DECISIONS) {
                return space;
            }
            problems.add(new Problem(
                    "/space/parameters",
                    "the space has " + decisions + " decisions; at most " + MOST_DECISIONS + " can be searched"));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("/space/parameters", String.valueOf(e.getMessage())));
        }
        return null;
    }

    /** The strategy's parameters. */
    @Nullable
    Record strategy() {
        StrategyProvider<?> provider = named(json, "/strategy/name", "strategy", Providers.strategies(), problems);
        if (provider == null) {
            return null;
        }
        int objectives = json.path("objectives").size();
        if (!provider.multiObjective() && objectives > 1) {
            problems.add(new Problem(
                    "/objectives",
                    "strategy " + provider.name() + " optimises one objective, not " + objectives
                            + "; list the others under metrics"));
        }
        return parameters("/strategy/parameters", provider.parameters());
    }

    /**
     * Parameters of the evaluators that are needed; those of others are checked as well.
     *
     * @param space what they have to fit, if it is known
     */
    Map<String, Record> evaluators(@Nullable SearchSpace space) {
        Set<String> wanted = wanted(json).keySet();
        Set<String> named = new TreeSet<>(wanted);
        for (Map.Entry<String, JsonNode> member : json.path("evaluators").properties()) {
            String name = member.getKey();
            if (Providers.evaluators().containsKey(name)) {
                named.add(name);
            } else {
                problems.add(new Problem(
                        RecordReader.child("/evaluators", name),
                        Nearest.unknown(
                                "evaluator", name, Providers.evaluators().keySet())));
            }
        }
        Map<String, Record> read = new TreeMap<>();
        Providers.evaluators().forEach((name, evaluator) -> {
            Record parameters = named.contains(name) ? evaluator(evaluator, space, wanted.contains(name)) : null;
            if (parameters != null) {
                read.put(name, parameters);
            }
        });
        return read;
    }

    private <P extends Record> @Nullable P evaluator(
            Evaluator<P> evaluator, @Nullable SearchSpace space, boolean wanted) {
        String pointer = RecordReader.child("/evaluators", evaluator.name());
        P parameters = parameters(pointer, evaluator.parameters());
        if (parameters == null || !wanted) {
            return parameters;
        }
        List<Problem> found = evaluator.check(parameters, artifacts);
        if (found.isEmpty() && space != null) {
            found = evaluator.check(parameters, space, artifacts);
        }
        found.forEach(each -> problems.add(new Problem(pointer + each.pointer(), each.detail())));
        return evaluator.pin(parameters, artifacts);
    }

    private <P extends Record> @Nullable P parameters(String pointer, Class<P> type) {
        JsonNode found = json.at(pointer);
        return RecordReader.read(
                found.isMissingNode() ? Json.MAPPER.createObjectNode() : found, type, pointer, problems);
    }

    /** Expensive evaluators by name, with the metrics the document asks of them. */
    static Map<String, Set<String>> wanted(JsonNode json) {
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

    /** What the name at the pointer stands for; null, and a problem, if it stands for nothing. */
    static <T> @Nullable T named(
            JsonNode json, String pointer, String what, Map<String, T> known, List<Problem> problems) {
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
}
