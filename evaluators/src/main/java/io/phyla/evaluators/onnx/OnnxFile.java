package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.OnnxGraph.FloatTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.nd4j.shade.protobuf.WireFormat;

/**
 * A model's bytes, written tensor by tensor: a message built as a whole would hold all numbers a second time. Protocol
 * Buffers prefix a message with its length, so lengths are worked out first.
 */
final class OnnxFile {

    /** What readers of Protocol Buffers accept. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private static final int CHUNK = 1 << 14;

    private final ModelProto model;
    private final GraphProto structure;
    private final Iterable<FloatTensor> tensors;

    /** @param model everything but its graph */
    OnnxFile(ModelProto model, OnnxGraph graph) {
        this.model = model;
        this.structure = graph.structure();
        this.tensors = graph.tensors();
    }

    /** @throws IllegalArgumentException before anything is written, if the file would be too large */
    void write(OutputStream out) throws IOException {
        long graph = structure.getSerializedSize();
        for (FloatTensor tensor : tensors) {
            graph += field(GraphProto.INITIALIZER_FIELD_NUMBER, length(tensor));
        }
        long bytes = model.getSerializedSize() + field(ModelProto.GRAPH_FIELD_NUMBER, graph);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("an ONNX file holds less than 2 GiB, and this network needs " + bytes
                    + " bytes: export it as safetensors instead");
        }
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        model.writeTo(coded);
        start(coded, ModelProto.GRAPH_FIELD_NUMBER, graph);
        structure.writeTo(coded);
        for (FloatTensor tensor : tensors) {
            start(coded, GraphProto.INITIALIZER_FIELD_NUMBER, length(tensor));
            tensor.header().writeTo(coded);
            start(coded, TensorProto.RAW_DATA_FIELD_NUMBER, numbers(tensor));
            write(tensor.values().get(), coded);
        }
        coded.flush();
    }

    private static void write(float[] values, CodedOutputStream coded) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            chunk.asFloatBuffer().put(values, from, count);
            coded.writeRawBytes(chunk.array(), 0, count * Float.BYTES);
        }
    }

    private static long length(FloatTensor tensor) {
        return tensor.header().getSerializedSize() + field(TensorProto.RAW_DATA_FIELD_NUMBER, numbers(tensor));
    }

    private static long numbers(FloatTensor tensor) {
        return (long) tensor.size() * Float.BYTES;
    }

    private static long field(int number, long length) {
        return CodedOutputStream.computeTagSize(number) + CodedOutputStream.computeUInt64SizeNoTag(length) + length;
    }

    private static void start(CodedOutputStream coded, int number, long length) throws IOException {
        coded.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        coded.writeUInt64NoTag(length);
    }
}
