package io.phyla.api.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.search.CandidateJson;
import io.phyla.search.candidate.Candidate;
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
        json.set("provenance", Provenance.of(specimen));
        out.write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
}
