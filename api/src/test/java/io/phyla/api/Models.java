package io.phyla.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** ONNX models as an exporter writes them. */
final class Models {

    private Models() {}

    /** A convolution, a rectifier, the mean of each channel and a linear layer, for images of 3x8x8. */
    static ModelProto.Builder small(long seed) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("small")
                .addInput(value("image", -1, 3, 8, 8))
                .addOutput(value("classes", -1, 10))
                .addInitializer(tensor("w", seed, 4, 3, 3, 3))
                .addInitializer(tensor("b", seed + 1, 4))
                .addInitializer(tensor("v", seed + 2, 10, 4))
                .addInitializer(tensor("c", seed + 3, 10))
                .addNode(node("first", "Conv", "maps", "image", "w", "b")
                        .addAttribute(ints("pads", 1, 1, 1, 1))
                        .addAttribute(ints("strides", 2, 2)))
                .addNode(node("second", "Relu", "rectified", "maps"))
                .addNode(node("third", "GlobalAveragePool", "means", "rectified"))
                .addNode(node("fourth", "Flatten", "flat", "means"))
                .addNode(node("fifth", "Gemm", "classes", "flat", "v", "c")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("transB")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(1)));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph);
    }

    static byte[] bytes(long seed) {
        return small(seed).build().toByteArray();
    }

    private static ValueInfoProto value(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(size < 0 ? dimension.setDimParam("n") : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }

    static TensorProto.Builder tensor(String name, long seed, long... sizes) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        int count = 1;
        for (long size : sizes) {
            tensor.addDims(size);
            count *= (int) size;
        }
        ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            numbers.putFloat((float) random.nextDouble(-0.5, 0.5));
        }
        return tensor.setRawData(ByteString.copyFrom(numbers.array()));
    }

    static NodeProto.Builder node(String name, String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
