package io.phyla.evaluators.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** ONNX models by hand; the input is {@code x}, the output the last node's first. */
final class ModelBuilder {

    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final GraphProto.Builder graph = model.getGraphBuilder();
    private final SplittableRandom random = new SplittableRandom(7);
    private String last = "x";

    ModelBuilder(long opset, long... input) {
        model.setIrVersion(opset > 20 ? 10 : 8).setProducerName("by hand");
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
        graph.setName("graph");
        if (input.length > 0) {
            input("x", input);
        }
    }

    /** Straight to the messages, for what no builder should offer. */
    ModelProto.Builder model() {
        return model;
    }

    GraphProto.Builder graph() {
        return graph;
    }

    /** A size of -1 is a symbol. */
    ModelBuilder input(String name, long... dims) {
        graph.addInput(info(name, dims));
        return this;
    }

    static ValueInfoProto.Builder info(String name, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            if (dim < 0) {
                shape.addDimBuilder().setDimParam("n");
            } else {
                shape.addDimBuilder().setDimValue(dim);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(DataType.FLOAT.getNumber())
                                .setShape(shape)));
    }

    /** Random weights around 0. */
    ModelBuilder weights(String name, long... dims) {
        return tensor(name, dims, draw(elements(dims), -0.5, 0.5));
    }

    /** Random numbers above 0. */
    ModelBuilder positive(String name, long... dims) {
        return tensor(name, dims, draw(elements(dims), 0.5, 1.5));
    }

    private static int elements(long... dims) {
        int elements = 1;
        for (long dim : dims) {
            elements *= (int) dim;
        }
        return elements;
    }

    private float[] draw(int count, double from, double to) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
        return values;
    }

    ModelBuilder tensor(String name, long[] dims, float... values) {
        graph.addInitializer(floats(name, dims, values));
        return this;
    }

    ModelBuilder scalar(String name, double value) {
        return tensor(name, new long[0], (float) value);
    }

    ModelBuilder wholes(String name, long... values) {
        graph.addInitializer(whole(values).setName(name));
        return this;
    }

    static TensorProto.Builder whole(long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor;
    }

    static TensorProto.Builder floats(String name, long[] dims, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor.setRawData(ByteString.copyFrom(raw.array()));
    }

    /** A node named after its operator and number; its output has the same name. */
    ModelBuilder node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, operator + graph.getNodeCount(), inputs, attributes);
    }

    ModelBuilder node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes)));
        last = name;
        return this;
    }

    /** On what the node before has made. */
    ModelBuilder then(String operator, AttributeProto... attributes) {
        return node(operator, List.of(last), attributes);
    }

    ModelBuilder then(String operator, List<String> more, AttributeProto... attributes) {
        List<String> inputs = new java.util.ArrayList<>(List.of(last));
        inputs.addAll(more);
        return node(operator, inputs, attributes);
    }

    String last() {
        return last;
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
    }

    static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto reals(String name, double... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
        for (double value : values) {
            attribute.addFloats((float) value);
        }
        return attribute.build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto tensor(String name, TensorProto.Builder value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    ModelProto build() {
        if (graph.getOutputCount() == 0) {
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(last)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))));
        }
        return model.build();
    }

    Path write(Path directory) throws IOException {
        return Files.write(Files.createTempFile(directory, "model", ".onnx"), build().toByteArray());
    }
}
