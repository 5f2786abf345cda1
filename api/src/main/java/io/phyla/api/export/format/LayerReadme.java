package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import java.util.ArrayList;
import java.util.List;

/** The first page of a layer's archive. */
final class LayerReadme {

    private LayerReadme() {}

    static String text(Subject subject, ObjectNode dossier, LayerExporter.Options options) {
        Markdown text = new Markdown().heading(1, subject.title());
        LayerWords.write(text, dossier);
        text.heading(2, "What is here");
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("formula.txt, formula.tex", "the layer as a formula"),
                List.of("drawing.svg, drawing.dot", "its operations without those that lead nowhere"),
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
        text.heading(2, "Where it goes");
        text.paragraph("It stands in place of every normalisation together with its activation. Where a network has a"
                + " normalisation without activation, put scale and shift alone. Leave its vectors, scale and shift out of"
                + " weight decay.");
        text.code("python", "from layer import Layer\nlayer = Layer(channels)");
        return text.toString();
    }
}
