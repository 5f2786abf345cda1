package io.phyla.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.search.document.Providers;
import io.phyla.search.document.SearchSchema;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Artifacts;
import io.phyla.search.strategy.StrategyProvider;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.RecordSchema;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Self-describing lists of everything a search document can name. */
public final class Catalog {

    private final Artifacts artifacts;
    private final Examples examples;

    public Catalog(Artifacts artifacts, Examples examples) {
        this.artifacts = artifacts;
        this.examples = examples;
    }

    public Answer spaces(Call call) {
        return list(items -> {
            for (SpaceProvider<?> each : Providers.spaces().values()) {
                items.addObject()
                        .put("name", each.name())
                        .put("description", each.description())
                        .set("parameters", RecordSchema.of(each.parameters()));
            }
        });
    }

    public Answer strategies(Call call) {
        return list(items -> {
            for (StrategyProvider<?> each : Providers.strategies().values()) {
                items.addObject()
                        .put("name", each.name())
                        .put("description", each.description())
                        .put("multi_objective", each.multiObjective())
                        .set("parameters", RecordSchema.of(each.parameters()));
            }
        });
    }

    public Answer evaluators(Call call) {
        return list(items -> {
            for (Evaluator<?> each : Providers.evaluators().values()) {
                ObjectNode item = items.addObject().put("name", each.name()).put("version", each.version());
                ArrayNode metrics = item.putArray("metrics");
                each.metrics().forEach(metric -> metrics.add(metric.name()));
                item.set("parameters", RecordSchema.of(each.parameters()));
            }
        });
    }

    public Answer metrics(Call call) {
        return list(items -> {
            for (Map.Entry<String, Evaluator<?>> entry :
                    Providers.evaluatorByMetric().entrySet()) {
                Metric each = Providers.metric(entry.getKey());
                items.addObject()
                        .put("name", each.name())
                        .put("unit", each.unit())
                        .put("direction", each.direction().name().toLowerCase(Locale.ROOT))
                        .put("cheap", each.cheap())
                        .put("description", each.description())
                        .put("evaluator", entry.getValue().name());
            }
        });
    }

    public Answer artifacts(Call call) {
        return list(
                items -> artifacts.registered().forEach(each -> items.add(Json.MAPPER.<JsonNode>valueToTree(each))));
    }

    public Answer examples(Call call) {
        return list(items -> examples.items().forEach(each -> items.add(Json.MAPPER.<JsonNode>valueToTree(each))));
    }

    public Answer searchSchema(Call call) {
        return Answer.json(SearchSchema.document());
    }

    private static Answer list(Consumer<ArrayNode> fill) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        fill.accept(json.putArray("items"));
        return Answer.json(json);
    }
}
