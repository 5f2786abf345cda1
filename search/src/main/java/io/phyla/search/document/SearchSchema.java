package io.phyla.search.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.RecordSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * JSON Schema (2020-12) of a search document as this program understands it: with the spaces, strategies, evaluators and
 * metrics it knows, each with its own parameters.
 */
public final class SearchSchema {

    private SearchSchema() {}

    public static ObjectNode document() {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Search document");
        schema.setAll(RecordSchema.of(SearchDocument.class));
        part(member(schema, "space"), parameters(Providers.spaces(), each -> each.parameters()));
        part(member(schema, "strategy"), parameters(Providers.strategies(), each -> each.parameters()));
        evaluators(member(schema, "evaluators"));
        ObjectNode metrics = member(schema, "metrics").put("uniqueItems", true);
        names((ObjectNode) metrics.get("items"), _ -> true);
        names(member(items(schema, "objectives"), "metric"), _ -> true);
        names(member(items(schema, "constraints"), "metric"), Metric::cheap);
        anyOf(items(schema, "constraints"), "min", "max");
        anyOf(member(schema, "budget"), "evaluations", "cost", "seconds");
        member(schema, "start").put("uniqueItems", true);
        ObjectNode finish = member(schema, "finish");
        evaluators(member(finish, "evaluators"));
        names((ObjectNode) member(finish, "metrics").put("uniqueItems", true).get("items"), each -> !each.cheap());
        member(finish, "yardsticks").put("uniqueItems", true);
        return schema;
    }

    private static <T> Map<String, ObjectNode> parameters(
            Map<String, T> providers, Function<T, Class<? extends Record>> parameters) {
        return providers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> RecordSchema.of(parameters.apply(each.getValue()))));
    }

    /** One form per name, in order of names. */
    private static void part(ObjectNode schema, Map<String, ObjectNode> parametersByName) {
        schema.remove(List.of("properties", "required", "additionalProperties"));
        ArrayNode forms = schema.putArray("oneOf");
        new TreeMap<>(parametersByName).forEach((name, parameters) -> {
            ObjectNode form = forms.addObject().put("type", "object");
            ObjectNode properties = form.putObject("properties");
            properties.putObject("name").put("const", name);
            properties.set("parameters", parameters);
            ArrayNode required = form.putArray("required").add("name");
            if (parameters.has("required")) {
                required.add("parameters");
            }
            form.put("additionalProperties", false);
        });
    }

    private static void evaluators(ObjectNode schema) {
        ObjectNode properties = schema.putObject("properties");
        Providers.evaluators()
                .forEach((name, evaluator) -> properties.set(name, RecordSchema.of(evaluator.parameters())));
        schema.put("additionalProperties", false);
    }

    private static void names(ObjectNode schema, Predicate<Metric> which) {
        ArrayNode names = schema.putArray("enum");
        Providers.metrics().values().stream().filter(which).map(Metric::name).forEach(names::add);
    }

    private static void anyOf(ObjectNode schema, String... members) {
        ArrayNode forms = schema.putArray("anyOf");
        for (String member : members) {
            forms.addObject().putArray("required").add(member);
        }
    }

    private static ObjectNode member(ObjectNode schema, String name) {
        return (ObjectNode) schema.get("properties").get(name);
    }

    private static ObjectNode items(ObjectNode schema, String name) {
        return (ObjectNode) member(schema, name).get("items");
    }
}
