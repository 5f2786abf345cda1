package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Exporter;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.layer.CurveDrawing;
import io.phyla.evaluators.layer.LayerDossier;
import io.phyla.evaluators.layer.ResponseCurves;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** For people: what it is, what it costs, where it comes from, how it was measured, how to run it. */
public final class ReportExporter implements Exporter<Exporter.NoOptions> {

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String description() {
        return "Report in Markdown: what, from where, how measured, how to make it again and how to run it.";
    }

    @Override
    public String mediaType() {
        return "text/markdown";
    }

    @Override
    public String extension() {
        return "md";
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
        Markdown report = new Markdown().heading(1, subject.title());
        subject.report(report);
        subject.program().ifPresent(program -> layer(report, subject, program));
        costs(report, subject.network());
        running(report, subject);
        out.write(report.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void layer(Markdown report, Subject subject, LayerProgram program) {
        JsonNode worst = subject.json().at("/measurements/worst_gradient");
        ObjectNode dossier = LayerDossier.of(program, worst.isNumber() ? worst.asDouble() : null);
        LayerWords.write(report, dossier);
        report.picture("Its operations", dossier.path("svg").asText());
        report.picture("What it makes of one element, and its slope", CurveDrawing.of(ResponseCurves.of(program)));
        report.paragraph("The costs below are those of the layer on tensors of "
                + subject.network().input() + ". The format layer has source, golden vectors and everything else.");
    }

    private static void costs(Markdown report, Network network) {
        NetworkCost cost = NetworkCost.of(network);
        report.heading(2, "Costs");
        report.table(
                List.of("what", "how much"),
                List.of(
                        List.of("layers", String.valueOf(network.nodes().size())),
                        List.of(
                                "input, channels x height x width",
                                network.input().toString()),
                        List.of("output", network.output().toString()),
                        List.of("parameters", String.valueOf(cost.params())),
                        List.of("multiply-accumulates for one image", String.valueOf(cost.macs())),
                        List.of(
                                "peak memory of activations for one image, float32, bytes",
                                String.valueOf(cost.peakMemory())),
                        List.of("convolutions and linear layers on the longest path", String.valueOf(cost.depth()))));
    }

    private static void running(Markdown report, Subject subject) {
        String name = subject.fileName();
        String shape = "1, " + subject.network().input().channels() + ", "
                + subject.network().input().height() + ", "
                + subject.network().input().width();
        report.heading(2, "Run it");
        report.paragraph("The formats onnx and safetensors hold " + subject.weightsOrigin() + ".");
        report.code("python", """
            import numpy, onnxruntime
            session = onnxruntime.InferenceSession("%s.onnx")
            images = numpy.zeros((%s), dtype=numpy.float32)
            print(session.run(None, {session.get_inputs()[0].name: images})[0])
            """.formatted(name, shape));
        report.paragraph(
                "The format pytorch is a source file whose head says how to load the safetensors file beside it.");
    }
}
