package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.spaces.drawing.Graphviz;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The network's graph for other programs. */
public final class GraphvizExporter implements Exporter<Exporter.NoOptions> {

    @Override
    public String name() {
        return "graphviz";
    }

    @Override
    public String description() {
        return "Graph in Graphviz' dot language, a node per layer, or per operation of a layer by itself.";
    }

    @Override
    public String mediaType() {
        return "text/vnd.graphviz";
    }

    @Override
    public String extension() {
        return "dot";
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
        String dot = subject.program().map(Graphviz::of).orElseGet(() -> Graphviz.of(subject.network()));
        out.write(dot.getBytes(StandardCharsets.UTF_8));
    }
}
