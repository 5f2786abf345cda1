package io.phyla.evaluators.onnx;

import io.phyla.evaluators.export.Names;
import io.phyla.spaces.design.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** A graph that grows node by node. Names are unique; each node is called as the value it gives. */
final class OnnxGraph {

    static final String INPUT = "images";
    static final String OUTPUT = "output";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    private final List<FloatTensor> tensors = new ArrayList<>();
    private final Names names = new Names();

    /**
     * Learned numbers.
     *
     * @param header everything but the numbers
     * @param values made when they are written, so that they are not all on the heap
     */
    record FloatTensor(TensorProto header, int size, Supplier<float[]> values) {}

    OnnxGraph() {
        names.reserve(INPUT);
        names.reserve(OUTPUT);
        // A missing optional input has the empty name.
        names.reserve("");
    }

    String unique(String name) {
        return names.unique(name.isEmpty() ? "layer" : name);
    }

    /** Appends a node that gives this value. */
    String node(String value, String operator, List<String> inputs, Attributes attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(value)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(value)
                .addAllAttribute(attributes.list()));
        return value;
    }

    /** Appends a node that calls a function of the model's own. */
    void call(String value, String domain, String function, List<String> inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setName(value)
                .setDomain(domain)
                .setOpType(function)
                .addAllInput(inputs)
                .addOutput(value));
    }

    /** Learned numbers of so many dimensions. */
    String tensor(String name, List<Integer> shape, Supplier<float[]> values) {
        TensorProto.Builder header =
                TensorProto.newBuilder().setName(unique(name)).setDataType(TensorProto.DataType.FLOAT_VALUE);
        int size = 1;
        for (int dimension : shape) {
            header.addDims(dimension);
            size = Math.multiplyExact(size, dimension);
        }
        tensors.add(new FloatTensor(header.build(), size, values));
        return header.getName();
    }

    /** A number. */
    String scalar(String name, double value) {
        return tensor(name, List.of(), () -> new float[] {(float) value});
    }

    /** A list of whole numbers: a shape, axes, padding. */
    String integers(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        String unique = unique(name);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(unique)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(bytes)));
        return unique;
    }

    void input(Shape shape) {
        graph.addInput(info(INPUT, shape, false));
    }

    void output(Shape shape, boolean vector) {
        graph.addOutput(info(OUTPUT, shape, vector));
    }

    /** Tells readers the shape of a value. */
    void describe(String value, Shape shape, boolean vector) {
        if (!value.equals(INPUT) && !value.equals(OUTPUT)) {
            graph.addValueInfo(info(value, shape, vector));
        }
    }

    private static ValueInfoProto info(String name, Shape shape, boolean vector) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        dimensions.addDimBuilder().setDimParam("batch");
        dimensions.addDimBuilder().setDimValue(shape.channels());
        if (!vector) {
            dimensions.addDimBuilder().setDimValue(shape.height());
            dimensions.addDimBuilder().setDimValue(shape.width());
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(dimensions)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    /** The graph without its {@link #tensors}. */
    GraphProto structure() {
        return graph.build();
    }

    List<FloatTensor> tensors() {
        return tensors;
    }
}
