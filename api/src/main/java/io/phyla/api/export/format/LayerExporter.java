package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.api.export.archive.Archive;
import io.phyla.evaluators.layer.CurveDrawing;
import io.phyla.evaluators.layer.GoldenVectors;
import io.phyla.evaluators.layer.LayerDossier;
import io.phyla.evaluators.layer.ResponseCurves;
import io.phyla.evaluators.onnx.OnnxFunctionWriter;
import io.phyla.evaluators.source.LayerSource;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.drawing.Graphviz;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import java.io.IOException;
import java.io.OutputStream;

/** All that is handed over with a layer, in one file. */
public final class LayerExporter implements Exporter<LayerExporter.Options> {

    private static final ObjectWriter PRETTY = Json.MAPPER.writerWithDefaultPrettyPrinter();

    /** Those of the ONNX model. */
    public record Options(
            @Param(
                    description = "Version of the operator set of layer.onnx",
                    min = OnnxFunctionWriter.LOWEST_OPSET,
                    max = OnnxFunctionWriter.HIGHEST_OPSET,
                    byDefault = "21")
            int opset,

            @Param(description = "Channels of layer.onnx", min = 1, max = LayerShape.MOST, byDefault = "32")
            int channels,

            @Param(description = "Rows of the maps of layer.onnx", min = 1, max = LayerShape.MOST, byDefault = "16")
            int height,

            @Param(description = "Columns of the maps of layer.onnx", min = 1, max = LayerShape.MOST, byDefault = "16")
            int width) {

        LayerShape shape() {
            return new LayerShape(channels, height, width);
        }
    }

    @Override
    public String name() {
        return "layer";
    }

    @Override
    public String description() {
        return "Everything about a layer in a zip file: formula, drawing, curves, JSON, PyTorch, Keras, ONNX function, golden"
                + " vectors, certificates, lineage; of layers, not of networks.";
    }

    @Override
    public String mediaType() {
        return "application/zip";
    }

    @Override
    public String extension() {
        return "zip";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public boolean hasWeights() {
        return true;
    }

    @Override
    public boolean layersOnly() {
        return true;
    }

    /** @throws IllegalArgumentException if the subject is a network */
    static LayerProgram program(Subject subject, String format) {
        return subject.program()
                .orElseThrow(() -> new IllegalArgumentException(
                        subject.title() + " is a network, and the format " + format + " is of layers"));
    }

    @Override
    public void write(Subject subject, Options options, OutputStream out) throws IOException {
        LayerProgram program = program(subject, name());
        Subject shaped = subject.at(options.shape().shape());
        ObjectNode json = subject.json();
        JsonNode worst = json.at("/measurements/worst_gradient");
        ObjectNode dossier = LayerDossier.of(program, worst.isNumber() ? worst.asDouble() : null);
        ObjectNode manifest = Json.MAPPER.createObjectNode().put("format", "phyla-layer-1");
        manifest.put("title", subject.title());
        Archive archive = new Archive(out, subject.fileName(), manifest);
        archive.add("README.md", LayerReadme.text(subject, dossier, options));
        archive.add("formula.txt", dossier.at("/formula/text").asText() + "\n");
        archive.add("formula.tex", dossier.at("/formula/latex").asText() + "\n");
        archive.add("drawing.svg", dossier.path("svg").asText());
        archive.add("drawing.dot", Graphviz.of(program));
        archive.add("curves.json", pretty(dossier.get("curves")));
        archive.add("curves.svg", CurveDrawing.of(ResponseCurves.of(program)));
        archive.add("program.json", pretty(dossier.get("program")));
        archive.add("layer.py", LayerSource.pytorch(program));
        archive.add("layer_keras.py", LayerSource.keras(program));
        archive.add("layer.onnx", to -> OnnxFunctionWriter.write(shaped.weights(), options.opset(), to));
        archive.add("golden.json", Json.MAPPER.writeValueAsString(GoldenVectors.of(program)) + "\n");
        archive.add("certificates.json", pretty(dossier.get("certificates")));
        if (!subject.costs().isEmpty()) {
            archive.add("cost.json", pretty(Json.MAPPER.createArrayNode().addAll(subject.costs())));
        }
        archive.add("lineage.json", pretty(json.path("provenance")));
        archive.end();
    }

    private static String pretty(JsonNode json) throws IOException {
        return PRETTY.writeValueAsString(json) + "\n";
    }
}
