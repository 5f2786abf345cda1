package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.spaces.drawing.SvgDrawing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The network's picture. */
public final class SvgExporter implements Exporter<Exporter.NoOptions> {

    @Override
    public String name() {
        return "svg";
    }

    @Override
    public String description() {
        return "Drawing of the network as SVG.";
    }

    @Override
    public String mediaType() {
        return "image/svg+xml";
    }

    @Override
    public String extension() {
        return "svg";
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
        String svg = subject.program().map(SvgDrawing::of).orElseGet(() -> SvgDrawing.of(subject.network()));
        out.write(svg.getBytes(StandardCharsets.UTF_8));
    }
}
