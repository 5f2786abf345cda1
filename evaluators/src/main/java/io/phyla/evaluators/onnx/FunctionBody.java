package io.phyla.evaluators.onnx;

import io.phyla.evaluators.export.Names;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/** The operators of an ONNX function. It has no tensors of its own, so its numbers are constants. */
final class FunctionBody implements Scribe {

    private final int opset;
    private final Names names = new Names();
    private final List<NodeProto> nodes = new ArrayList<>();

    /** @param taken names of inputs and outputs */
    FunctionBody(int opset, List<String> taken) {
        this.opset = opset;
        taken.forEach(names::reserve);
    }

    @Override
    public int opset() {
        return opset;
    }

    @Override
    public String step(String name, String operator, List<String> inputs, Attributes attributes) {
        String value = names.unique(name);
        give(value, operator, inputs, attributes);
        return value;
    }

    /** A node that gives a value under a name that is taken: the function's output. */
    void give(String value, String operator, List<String> inputs, Attributes attributes) {
        nodes.add(NodeProto.newBuilder()
                .setName(value)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(value)
                .addAllAttribute(attributes.list())
                .build());
    }

    @Override
    public String scalar(String name, double value) {
        return constant(name, number(value));
    }

    @Override
    public String point(String name, double value) {
        return constant(name, number(value).addAllDims(List.of(1L, 1L, 1L, 1L)));
    }

    private static TensorProto.Builder number(double value) {
        return TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData((float) value);
    }

    @Override
    public String integers(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return constant(name, tensor);
    }

    private String constant(String name, TensorProto.Builder tensor) {
        String value = names.unique(name);
        nodes.add(NodeProto.newBuilder()
                .setName(value)
                .setOpType("Constant")
                .addOutput(value)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(tensor))
                .build());
        return value;
    }

    List<NodeProto> nodes() {
        return nodes;
    }
}
