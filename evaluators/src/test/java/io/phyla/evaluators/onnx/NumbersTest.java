package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Parameter.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;

/** Every way in which ONNX keeps numbers, and the names that layers get. */
class NumbersTest {

    private static final float[] VALUES = {1.5f, -0.25f, 2};

    @TempDir
    Path directory;

    @Test
    void everyTypeOfFloatingPoint() throws Exception {
        ByteBuffer doubles = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer halves = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer brains = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
        TensorProto.Builder floatList = type(DataType.FLOAT);
        TensorProto.Builder doubleList = type(DataType.DOUBLE);
        TensorProto.Builder halfList = type(DataType.FLOAT16);
        for (float value : VALUES) {
            doubles.putDouble(value);
            halves.putShort(Float.floatToFloat16(value));
            brains.putShort((short) (Float.floatToIntBits(value) >>> 16));
            floatList.addFloatData(value);
            doubleList.addDoubleData(value);
            halfList.addInt32Data(Float.floatToFloat16(value) & 0xffff);
        }
        for (TensorProto.Builder tensor : List.of(
                floatList,
                doubleList,
                halfList,
                type(DataType.DOUBLE).setRawData(ByteString.copyFrom(doubles.array())),
                type(DataType.FLOAT16).setRawData(ByteString.copyFrom(halves.array())),
                type(DataType.BFLOAT16).setRawData(ByteString.copyFrom(brains.array())))) {
            ModelBuilder model = new ModelBuilder(13, 1, 1).node("Gemm", List.of("x", "layer.weight"));
            model.graph().addInitializer(tensor);
            OnnxModel read = OnnxReader.read(model.write(directory), OnnxLimits.DEFAULT);
            assertThat(read.weights().values(1, Role.WEIGHT)).containsExactly(VALUES);
            assertThat(read.network().nodes().get(1).name()).isEqualTo("layer");
        }
    }

    private static TensorProto.Builder type(DataType type) {
        return TensorProto.newBuilder()
                .setName("layer.weight")
                .setDataType(type.getNumber())
                .addDims(1)
                .addDims(3);
    }

    @Test
    void namesAreCleanAndUnique() throws Exception {
        ModelBuilder model = new ModelBuilder(13, 1, 2)
                .node("Tanh", "/block 1/Act", List.of("x"))
                .node("Tanh", "block_1.Act", List.of("/block 1/Act"))
                .node("Tanh", "x.", List.of("block_1.Act"));
        model.graph()
                .addNode(model.graph().getNode(2).toBuilder()
                        .clearName()
                        .setInput(0, "x.")
                        .setOutput(0, "y"));
        model.graph().addOutput(ModelBuilder.info("y", 1, 2));
        OnnxModel read = OnnxReader.read(model.write(directory), OnnxLimits.DEFAULT);
        assertThat(read.network().nodes().stream().map(node -> node.name()))
                .containsExactly("x", "block_1.Act", "block_1.Act_2", "x_2", "tanh_3");
    }

    @Test
    void whatDoesNotLeadToTheOutputIsNoted() throws Exception {
        ModelBuilder model = new ModelBuilder(13, 1, 2)
                .node("Mystery", "aside", List.of("x"))
                .node("Tanh", "t", List.of("x"));
        assertThat(OnnxReader.read(model.write(directory), OnnxLimits.DEFAULT).notes())
                .containsExactly("aside: does not lead to the output and is left out");
    }
}
