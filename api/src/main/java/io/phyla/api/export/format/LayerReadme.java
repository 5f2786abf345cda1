package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import io.phyla.spaces.design.LayerProgram;
import java.util.ArrayList;
import java.util.List;

/** The first page of a layer's archive. */
final class LayerReadme {

    private LayerReadme() {}

    static String text(Subject subject, LayerProgram program, ObjectNode dossier, LayerExporter.Options options) {
        Markdown text = new Markdown().heading(1, subject.title());
        JsonNode certificates = dossier.get("certificates");
        text.paragraph(certificates.path("advice").asText());
        averages(text, certificates);
        text.heading(2, "What is here");
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("curves.json, curves.svg", "what the layer makes of one element, and its slope"),
                List.of("program.json", "the layer as Phyla reads it"),
                List.of("layer.py", "PyTorch module; run it to see that it computes golden.json"),
                List.of("layer_keras.py", "Keras layer, channels last"),
                List.of(
                        "layer.onnx",
                        "ONNX model with the layer as a local function, operator set " + options.opset() + ", tensors N,"
                                + options.shape().shape() + ", with " + subject.weightsOrigin()),
                List.of("golden.json", "inputs, outputs in training and evaluation, gradients, moving averages"),
                List.of("certificates.json", "invariances and where it stays finite, as measured")));
        if (!subject.costs().isEmpty()) {
            rows.add(List.of("cost.json", "time against batch normalisation with a rectifier, measured here"));
        }
        rows.add(List.of("lineage.json", "where it comes from: document, measurements, every ancestor"));
        text.table(List.of("file", "what"), rows);
        text.heading(2, "What was measured of it");
        text.table(List.of("property", "holds", "difference"), properties(certificates));
        text.heading(2, "Where it goes");
        text.paragraph("It stands in place of every normalisation together with its activation. Where a network has a"
                + " normalisation without activation, put scale and shift alone. Leave its vectors, scale and shift out of"
                + " weight decay.");
        text.code("python", "from layer import Layer\nlayer = Layer(channels)");
        return text.toString();
    }

    private static void averages(Markdown text, JsonNode certificates) {
        JsonNode averages = certificates.path("moving_averages");
        if (averages.isEmpty()) {
            text.paragraph("It keeps no moving averages.");
            return;
        }
        text.paragraph("Moving averages, one number per channel, which have to be stored with the weights:");
        for (JsonNode each : averages) {
            text.item(each.path("name").asText() + ": " + each.path("of").asText().replace('_', ' ')
                    + " of value " + each.path("value").asText() + "'s input, at first "
                    + each.path("initial").asText());
        }
    }

    private static List<List<String>> properties(JsonNode certificates) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : List.of("scale_invariance", "batch_invariance", "evaluation_parity")) {
            JsonNode property = certificates.path(name);
            rows.add(List.of(
                    name.replace('_', ' '),
                    property.path("holds").asBoolean() ? "yes" : "no",
                    property.has("difference") ? property.path("difference").asText() : "not finite"));
        }
        certificates.path("finite").properties().forEach(each -> rows.add(List.of(
                "finite at " + each.getKey().replace('_', ' '), each.getValue().asBoolean() ? "yes" : "no", "")));
        if (certificates.has("worst_gradient")) {
            rows.add(List.of(
                    "worst gradient norm in the search's ascent",
                    "",
                    certificates.path("worst_gradient").asText()));
        }
        return rows;
    }
}
