package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.search.CandidateJson;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;

/** The candidate with everything needed to rebuild it and to check how it was found. */
public final class JsonExporter implements Exporter {

    private static final String FORMAT = "phyla-candidate-1";

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "Genome, network, costs, measurements and provenance in one JSON document.";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public void write(Specimen specimen, OutputStream out) throws IOException {
        Candidate candidate = specimen.candidate();
        Network network = switch (specimen.space().decode(candidate.genome())) {
            case Network found -> found;
        };
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", FORMAT);
        json.put("genome", candidate.genome().toString());
        json.set("decisions", CandidateJson.decisions(specimen.space(), candidate.genome()));
        json.put("text", specimen.space().text(candidate.genome()));
        json.set("network", NetworkJson.write(network));
        json.set("costs", Json.MAPPER.valueToTree(NetworkCost.of(network)));
        json.set("measurements", CandidateJson.measurements(candidate.measurements()));
        json.set("provenance", provenance(specimen));
        out.write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private static ObjectNode provenance(Specimen specimen) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("phyla", specimen.version());
        json.put("search", specimen.search());
        json.put("number", specimen.candidate().number());
        json.put("key", specimen.candidate().key().toString());
        json.set("document", specimen.document());
        json.put("seed", specimen.document().path("seed").asLong());
        ArrayNode artifacts = json.putArray("artifacts");
        specimen.artifacts().forEach(each -> artifacts.add(Json.MAPPER.<JsonNode>valueToTree(each)));
        evaluators(json.putArray("evaluators"), specimen);
        ArrayNode lineage = json.putArray("lineage");
        for (Candidate each : specimen.lineage()) {
            ObjectNode item = lineage.addObject()
                    .put("number", each.number())
                    .put("genome", each.genome().toString())
                    .put("operator", each.origin().operator());
            ArrayNode parents = item.putArray("parents");
            each.origin().parents().forEach(parents::add);
        }
        return json.put("lineage_truncated", specimen.lineageTruncated());
    }

    private static void evaluators(ArrayNode json, Specimen specimen) {
        for (Evaluator<?> evaluator : Providers.evaluators().values()) {
            ArrayNode metrics = Json.MAPPER.createArrayNode();
            for (Metric metric : evaluator.metrics()) {
                if (specimen.metrics().contains(metric.name())) {
                    metrics.add(metric.name());
                }
            }
            if (!metrics.isEmpty()) {
                json.addObject()
                        .put("name", evaluator.name())
                        .put("version", evaluator.version())
                        .set("metrics", metrics);
            }
        }
    }
}
