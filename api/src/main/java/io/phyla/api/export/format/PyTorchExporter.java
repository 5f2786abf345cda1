package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.source.PyTorchSource;
import java.io.IOException;
import java.io.OutputStream;

/** Source code that needs nothing but PyTorch. */
public final class PyTorchExporter implements Exporter<LayerShape> {

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public String description() {
        return "PyTorch module in one source file of its own, which loads the weights that the format safetensors has.";
    }

    @Override
    public String mediaType() {
        return "text/x-python";
    }

    @Override
    public String extension() {
        return "py";
    }

    @Override
    public Class<LayerShape> options() {
        return LayerShape.class;
    }

    @Override
    public boolean hasWeights() {
        return false;
    }

    @Override
    public void write(Subject subject, LayerShape options, OutputStream out) throws IOException {
        PyTorchSource.write(subject.at(options.shape()).network(), out);
    }
}
