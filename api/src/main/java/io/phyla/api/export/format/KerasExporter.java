package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.source.LayerSource;
import io.phyla.spaces.design.LayerProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A layer's source code that needs nothing but Keras. */
public final class KerasExporter implements Exporter<Exporter.NoOptions> {

    @Override
    public String name() {
        return "keras";
    }

    @Override
    public String description() {
        return "Keras layer in one source file of its own, channels last; of layers, not of networks.";
    }

    @Override
    public String mediaType() {
        return "text/x-python";
    }

    @Override
    public String extension() {
        return "keras.py";
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
    public boolean layersOnly() {
        return true;
    }

    @Override
    public void write(Subject subject, Exporter.NoOptions options, OutputStream out) throws IOException {
        LayerProgram program = LayerExporter.program(subject, name());
        out.write(LayerSource.keras(program).getBytes(StandardCharsets.UTF_8));
    }
}
