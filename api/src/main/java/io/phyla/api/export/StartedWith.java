package io.phyla.api.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.document.Providers;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.Artifacts.Artifact;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a search was started with. Kept when it starts, because its document names evaluators and data only by names, and
 * what stands behind a name may be another thing by the time somebody asks.
 *
 * @param phyla version of the program
 * @param evaluators version of every evaluator by name
 * @param data registered files that the document's evaluators name
 */
public record StartedWith(String phyla, Map<String, Integer> evaluators, List<Artifact> data) {

    public StartedWith {
        evaluators = new TreeMap<>(evaluators);
        data = List.copyOf(data);
    }

    public static StartedWith of(SearchSetup setup, Artifacts artifacts, String version) {
        return of(Json.MAPPER.valueToTree(setup.document()), artifacts, version);
    }

    /** As it would be if the document were submitted now. */
    static StartedWith of(JsonNode document, Artifacts artifacts, String version) {
        Map<String, Integer> evaluators = new TreeMap<>();
        Providers.evaluators().values().forEach(each -> evaluators.put(each.name(), each.version()));
        List<Artifact> data = new ArrayList<>();
        for (String name : names(document)) {
            artifacts.find(name).filter(each -> !data.contains(each)).ifPresent(data::add);
        }
        return new StartedWith(version, evaluators, data);
    }

    /** Every text among the evaluators' parameters: some name data. */
    static List<String> names(JsonNode document) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameters : document.path("evaluators")) {
            for (JsonNode value : parameters) {
                if (value.isTextual()) {
                    names.add(value.asText());
                }
            }
        }
        return names;
    }

    public String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }

    /** What {@link #json} wrote. */
    static StartedWith parse(String json) {
        try {
            return Json.MAPPER.readValue(json, StartedWith.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a search was started with cannot be read", e);
        }
    }

    /** What is another thing now, in sentences. */
    List<String> changes(StartedWith now) {
        List<String> changes = new ArrayList<>();
        if (!phyla.equals(now.phyla)) {
            changes.add("phyla was " + phyla + " and is " + now.phyla);
        }
        evaluators.forEach((name, version) -> {
            Integer other = now.evaluators.get(name);
            if (!version.equals(other)) {
                changes.add("evaluator " + name + " had version " + version + " and has "
                        + (other == null ? "none" : "version " + other));
            }
        });
        for (Artifact each : data) {
            if (!now.data.contains(each)) {
                changes.add("data " + each.name() + " had sha256 " + each.sha256() + " and is another file or gone");
            }
        }
        return changes;
    }
}
