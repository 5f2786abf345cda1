package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.weights.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;

/** The numbers alone. */
public final class SafeTensorsExporter implements Exporter<LayerShape> {

    @Override
    public String name() {
        return "safetensors";
    }

    @Override
    public String description() {
        return "All weights as safetensors, float32, named by layer.";
    }

    @Override
    public String mediaType() {
        return "application/octet-stream";
    }

    @Override
    public String extension() {
        return "safetensors";
    }

    @Override
    public Class<LayerShape> options() {
        return LayerShape.class;
    }

    @Override
    public boolean hasWeights() {
        return true;
    }

    @Override
    public void write(Subject subject, LayerShape options, OutputStream out) throws IOException {
        SafeTensors.write(subject.at(options.shape()).weights(), out);
    }
}
