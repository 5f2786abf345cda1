package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.upload.Upload;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model that somebody uploaded, with its own weights. */
public final class ModelSubject implements Subject {

    private static final String FORMAT = "phyla-model-1";
    private static final int SHORT = 16;

    private final Upload upload;
    private final JsonNode description;
    private final Network network;
    private final WeightSource.Uploaded weights;
    private final String phyla;

    /**
     * @param description what was found out about it when it came
     * @param phyla version of the program that writes this
     */
    public ModelSubject(
            Upload upload, JsonNode description, Network network, WeightSource.Uploaded weights, String phyla) {
        this.upload = upload;
        this.description = description;
        this.network = network;
        this.weights = weights;
        this.phyla = phyla;
    }

    /** Deleted and uploaded again it may have another name, and a newer reader may make another network of it. */
    @Override
    public String identity() {
        return "model " + upload.id() + " " + upload.createdAt();
    }

    @Override
    public String title() {
        return "Model “" + upload.name() + "”";
    }

    @Override
    public String fileName() {
        return "phyla-" + upload.id().substring(0, SHORT);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Weights weights() throws IOException {
        return weights.of(network);
    }

    @Override
    public String weightsOrigin() {
        return weights.words();
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", FORMAT);
        json.put("name", upload.name());
        json.set("weights", weights.json());
        ObjectNode provenance = json.putObject("provenance").put("phyla", phyla);
        provenance.put("model", upload.id());
        provenance.put("bytes", upload.bytes());
        provenance.put("created_at", Instant.ofEpochMilli(upload.createdAt()).toString());
        for (String each : List.of("format", "opset", "producer", "notes")) {
            provenance.set(each, description.path(each));
        }
        provenance.put("reproduce", "Run '" + command() + "' with the file whose SHA-256 is provenance.model.");
        return json;
    }

    /** The name is left out, for a shell might take it for something else. */
    private static String command() {
        return "phyla upload model FILE";
    }

    @Override
    public void report(Markdown report) {
        report.heading(2, "Where it comes from");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "file", "ONNX, operator set " + description.path("opset").asText()));
        rows.add(List.of("SHA-256", upload.id()));
        rows.add(List.of("bytes", String.valueOf(upload.bytes())));
        rows.add(List.of("written by", description.path("producer").asText()));
        rows.add(List.of("uploaded", Instant.ofEpochMilli(upload.createdAt()).toString()));
        rows.add(List.of("exported by", "phyla " + phyla));
        report.table(List.of("what", "value"), rows);
        if (!description.path("notes").isEmpty()) {
            report.paragraph("When it was read, this was left out or read as something else without changing what is"
                    + " computed:");
            description.path("notes").forEach(note -> report.item(note.asText()));
        }
        report.paragraph("Nothing was measured. How its images have to be prepared is known to whoever trained it.");
        report.heading(2, "Make it again");
        report.paragraph("With the file of this SHA-256:");
        report.code("", command());
    }
}
