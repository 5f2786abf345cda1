package io.phyla.api.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.search.SearchJson;
import io.phyla.api.search.Store;
import io.phyla.search.candidate.Candidate;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.StoredSearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Hands candidates to the exporter asked for. */
public final class Exports {

    private static final int MOST_GENERATIONS = 10_000;
    private static final int MOST_ANCESTORS = 1_000;

    private final Store store;
    private final StartedWith now;
    private final Map<String, Exporter> exporters = new TreeMap<>();

    /** @param now what a search would be started with */
    public Exports(Store store, StartedWith now) {
        this.store = store;
        this.now = now;
        for (Exporter each : ServiceLoader.load(Exporter.class)) {
            Exporter other = exporters.put(each.name(), each);
            if (other != null) {
                throw new IllegalStateException(
                        "two exporters are named " + each.name() + ": " + other + " and " + each);
            }
        }
    }

    public Answer list(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (Exporter each : exporters.values()) {
            items.addObject()
                    .put("name", each.name())
                    .put("description", each.description())
                    .put("media_type", each.mediaType())
                    .put("extension", each.extension());
        }
        return Answer.json(json);
    }

    public Answer export(Call call) {
        String format = call.parameters().text("format");
        Exporter exporter = exporters.get(format);
        if (exporter == null) {
            throw ProblemException.parameter("format", Nearest.unknown("exporter", format, exporters.keySet()));
        }
        Specimen specimen = specimen(call);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            exporter.write(specimen, bytes);
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter("format", "does not fit: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("candidate " + specimen.candidate().number() + " cannot be exported", e);
        }
        String file = "phyla-" + specimen.search() + "-" + specimen.candidate().number() + "." + exporter.extension();
        return new Answer(
                200,
                exporter.mediaType(),
                Map.of("Content-Disposition", "attachment; filename=\"" + file + "\""),
                bytes.toByteArray());
    }

    private Specimen specimen(Call call) {
        StoredSearch search = store.search(call.parameters());
        Candidate candidate = store.candidate(call.parameters()).candidate();
        CandidateQueries.Ancestors ancestors = store.candidates()
                .ancestors(search.header().id(), candidate.number(), MOST_GENERATIONS, MOST_ANCESTORS);
        List<Candidate> lineage = new ArrayList<>(List.of(candidate));
        ancestors.items().forEach(each -> lineage.add(each.candidate()));
        StartedWith started = store.origins()
                .find(search.header().id())
                .map(StartedWith::parse)
                .orElse(now);
        return new Specimen(
                search.header().id(),
                SearchJson.document(search),
                store.space(search),
                candidate,
                started,
                started.changes(now),
                search.summary(),
                lineage,
                ancestors.truncated());
    }
}
