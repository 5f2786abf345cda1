package io.phyla.api.export.format;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.evaluators.onnx.OnnxOptions;
import io.phyla.evaluators.onnx.OnnxWriter;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Param;
import java.io.IOException;
import java.io.OutputStream;

/** For every runtime that reads ONNX. */
public final class OnnxExporter implements Exporter<OnnxExporter.Options> {

    /** {@link OnnxOptions} and {@link LayerShape}. */
    public record Options(
            @Param(
                    description = "Version of the operator set",
                    min = OnnxOptions.LOWEST_OPSET,
                    max = OnnxOptions.HIGHEST_OPSET,
                    byDefault = "21")
            int opset,

            @Param(
                    description =
                            "Whether batch normalisation becomes part of the convolution or linear layer before it, where"
                                    + " nothing else reads that one",
                    byDefault = "false")
            boolean foldBatchNorm,

            @Param(description = LayerShape.CHANNELS, min = 1, max = LayerShape.MOST, byDefault = "32")
            int channels,

            @Param(description = LayerShape.HEIGHT, min = 1, max = LayerShape.MOST, byDefault = "16")
            int height,

            @Param(description = LayerShape.WIDTH, min = 1, max = LayerShape.MOST, byDefault = "16")
            int width) {}

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
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public boolean hasWeights() {
        return true;
    }

    @Override
    public void write(Subject subject, Options options, OutputStream out) throws IOException {
        Subject shaped = subject.at(new Shape(options.channels, options.height, options.width));
        OnnxOptions how = new OnnxOptions(options.opset, options.foldBatchNorm);
        OnnxWriter.write(shaped.network(), shaped.weights(), how, out);
    }
}
