package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;

/** The network with everything needed to rebuild it and to check how it was found. */
public final class JsonExporter implements Exporter<Exporter.NoOptions> {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "Network, costs, measurements and provenance in one JSON document.";
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
    public Class<Exporter.NoOptions> options() {
        return Exporter.NoOptions.class;
    }

    @Override
    public boolean hasWeights() {
        return false;
    }

    @Override
    public void write(Subject subject, Exporter.NoOptions options, OutputStream out) throws IOException {
        ObjectNode json = subject.json();
        subject.program().ifPresent(program -> json.set("program", Json.MAPPER.valueToTree(program)));
        json.set("network", NetworkJson.write(subject.network()));
        json.set("costs", Json.MAPPER.valueToTree(NetworkCost.of(subject.network())));
        out.write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
}
