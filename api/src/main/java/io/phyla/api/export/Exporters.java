package io.phyla.api.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.RecordSchema;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All exporters, by name. */
public final class Exporters {

    private final Map<String, Exporter<?>> byName = new TreeMap<>();

    public Exporters() {
        for (Exporter<?> each : ServiceLoader.load(Exporter.class)) {
            Exporter<?> other = byName.put(each.name(), each);
            if (other != null) {
                throw new IllegalStateException(
                        "two exporters are named " + each.name() + ": " + other + " and " + each);
            }
        }
    }

    public Collection<Exporter<?>> all() {
        return byName.values();
    }

    /** @throws ProblemException if there is none of this name, with the nearest one */
    public Exporter<?> named(String format) {
        Exporter<?> exporter = byName.get(format);
        if (exporter == null) {
            throw ProblemException.parameter("format", Nearest.unknown("exporter", format, byName.keySet()));
        }
        return exporter;
    }

    /** {@code GET /v1/exporters}. */
    public Answer list(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (Exporter<?> each : byName.values()) {
            items.addObject()
                    .put("name", each.name())
                    .put("description", each.description())
                    .put("media_type", each.mediaType())
                    .put("extension", each.extension())
                    .put("has_weights", each.hasWeights())
                    .put("layers_only", each.layersOnly())
                    .set("options", RecordSchema.of(each.options()));
        }
        return Answer.json(json);
    }
}
