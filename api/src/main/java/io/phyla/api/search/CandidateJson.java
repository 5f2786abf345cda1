package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Origin;
import io.phyla.search.lineage.Differences;
import io.phyla.spaces.Decision;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.StoredCandidate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A candidate as the contract's {@code Candidate}, or in the short form of events. */
public final class CandidateJson {

    private CandidateJson() {}

    public static ObjectNode of(String search, SearchSpace space, StoredCandidate stored) {
        Candidate candidate = stored.candidate();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("number", candidate.number());
        json.put("search", search);
        json.put("key", candidate.key().toString());
        json.put("genome", candidate.genome().toString());
        json.set("decisions", decisions(space, candidate.genome()));
        json.put("text", space.text(candidate.genome()));
        origin(json, candidate);
        json.set("changes", changes(space, candidate));
        json.set("measurements", measurements(candidate.measurements()));
        json.set("cause", cause(candidate));
        json.put("duplicate_of", candidate.duplicateOf());
        json.set("screened", screened(candidate));
        json.put("on_front", stored.onFront());
        json.put("cost", candidate.cost());
        json.put("attempt", candidate.work().attempt());
        json.put("worker", candidate.work().worker());
        json.put("milliseconds", candidate.work().milliseconds());
        json.put("finished_at", SearchJson.instant(candidate.work().finishedAt()));
        return json;
    }

    /** What events carry. */
    public static ObjectNode brief(Candidate candidate, boolean onFront) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("number", candidate.number());
        origin(json, candidate);
        json.set("measurements", measurements(candidate.measurements()));
        return json.put("on_front", onFront);
    }

    private static void origin(ObjectNode json, Candidate candidate) {
        json.put("state", candidate.state().name().toLowerCase(Locale.ROOT));
        json.put("operator", candidate.origin().operator());
        ArrayNode parents = json.putArray("parents");
        candidate.origin().parents().forEach(parents::add);
    }

    /** The decisions that exist in the genome. */
    public static ArrayNode decisions(SearchSpace space, Genome genome) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        boolean[] active = space.tree().active(genome);
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                Decision decision = space.decisions().get(i);
                json.addObject()
                        .put("name", decision.name())
                        .put("option", decision.options().get(genome.option(i)));
            }
        }
        return json;
    }

    private static ArrayNode changes(SearchSpace space, Candidate candidate) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        List<Origin.Change> changes = Differences.existing(
                space, candidate.genome(), candidate.origin().changes());
        for (Origin.Change change : changes) {
            Decision decision = space.decisions().get(change.decision());
            json.addObject()
                    .put("decision", decision.name())
                    .put("from", decision.options().get(change.from()))
                    .put("to", decision.options().get(change.to()));
        }
        return json;
    }

    /** JSON has no NaN and no infinity: they become null. */
    public static ObjectNode measurements(Map<String, Double> values) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        new TreeMap<>(values).forEach((name, value) -> number(json, name, value));
        return json;
    }

    private static void number(ObjectNode json, String name, double value) {
        if (!Double.isFinite(value)) {
            json.putNull(name);
        } else if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            json.put(name, (long) value);
        } else {
            json.put(name, value);
        }
    }

    private static ObjectNode screened(Candidate candidate) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        candidate.screened().forEach(json::put);
        return json;
    }

    private static JsonNode cause(Candidate candidate) {
        return candidate.cause() == null
                ? Json.MAPPER.nullNode()
                : Json.MAPPER
                        .createObjectNode()
                        .put("kind", candidate.cause().kind().name().toLowerCase(Locale.ROOT))
                        .put("detail", candidate.cause().detail());
    }
}
