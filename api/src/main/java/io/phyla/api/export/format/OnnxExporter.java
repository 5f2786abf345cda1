package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.onnx.OnnxOptions;
import io.phyla.evaluators.onnx.OnnxWriter;
import java.io.IOException;
import java.io.OutputStream;

/** For every runtime that reads ONNX. */
public final class OnnxExporter implements Exporter<OnnxOptions> {

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String description() {
        return "ONNX model for inference, images N,C,H,W; runs in ONNX Runtime and whatever else reads ONNX.";
    }

    @Override
    public String mediaType() {
        return "application/octet-stream";
    }

    @Override
    public String extension() {
        return "onnx";
    }

    @Override
    public Class<OnnxOptions> options() {
        return OnnxOptions.class;
    }

    @Override
    public boolean hasWeights() {
        return true;
    }

    @Override
    public void write(Subject subject, OnnxOptions options, OutputStream out) throws IOException {
        OnnxWriter.write(subject.network(), subject.weights(), options, out);
    }
}
