package io.phyla.evaluators.onnx;

import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;

/**
 * A network with its numbers as an ONNX model for inference. The input {@code images} is N,C,H,W, the result {@code output}
 * N,C,H,W or, where no more than one position is left, N,C; N is free. Only standard operators are used. Layers that the
 * output does not depend on are left out. The same network gives the same bytes.
 *
 * <p>The operators: <a href="https://onnx.ai/onnx/operators/">onnx.ai/onnx/operators</a>.
 */
public final class OnnxWriter {

    private static final String VERSION = version();

    private OnnxWriter() {}

    /**
     * Writes the model without further metadata; the stream stays open.
     *
     * @throws IllegalArgumentException before anything is written, if the model is larger than an ONNX file may be
     */
    public static void write(Network network, Weights weights, OnnxOptions options, OutputStream out)
            throws IOException {
        write(network, weights, options, new TreeMap<>(), out);
    }

    /** @param metadata what readers show beside the model, such as where it came from */
    public static void write(
            Network network, Weights weights, OnnxOptions options, SortedMap<String, String> metadata, OutputStream out)
            throws IOException {
        if (!network.equals(weights.network())) {
            throw new IllegalArgumentException("the weights belong to another network: " + weights.network());
        }
        OnnxGraph graph = new Translation(network, weights, options).run();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(options.irVersion())
                .setProducerName("Phyla")
                .setProducerVersion(VERSION)
                .setDocString(document(network, options))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(options.opset()));
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(entry.getKey()).setValue(entry.getValue()));
        }
        new OnnxFile(model.build(), graph).write(out);
    }

    private static String document(Network network, OnnxOptions options) {
        return "A " + network + ", images N,C,H,W, for inference; batch normalisation "
                + (options.foldBatchNorm() ? "folded where that is exact." : "kept.");
    }

    private static String version() {
        try (InputStream in = OnnxWriter.class.getResourceAsStream("/io/phyla/evaluators/onnx/producer.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
