package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/** Files that are wrong or mean harm: each is read or refused with words, and takes no more memory than it may. */
class BrokenFilesTest {

    private static final int FILES = 600;
    private static final OnnxLimits SMALL = new OnnxLimits(1 << 20, 100, 100_000, 1_000_000, 100_000);

    @TempDir
    Path directory;

    private static ModelBuilder whole() {
        return new ModelBuilder(11, 2, 3, 8, 8)
                .weights("c.weight", 8, 3, 3, 3)
                .then("Conv", List.of("c.weight"), ints("pads", 1, 1, 1, 1), ints("strides", 1, 1))
                .weights("scale", 8)
                .weights("shift", 8)
                .weights("mean", 8)
                .positive("variance", 8)
                .then("BatchNormalization", List.of("scale", "shift", "mean", "variance"), real("epsilon", 1e-3))
                .scalar("three", 3)
                .scalar("zero", 0)
                .scalar("six", 6)
                .then("Add", List.of("three"))
                .then("Clip", List.of("zero", "six"))
                .then("Mul", List.of("BatchNormalization1"))
                .then("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .then("Transpose", ints("perm", 0, 2, 3, 1))
                .then("Transpose", ints("perm", 0, 3, 1, 2))
                .wholes("target", 0, -1)
                .wholes("pads", 0, 0, 1, 1, 0, 0, 1, 1)
                .then("Pad", List.of("pads"))
                .then("Reshape", List.of("target"))
                .weights("w", 5, 288)
                .weights("b", 5)
                .then("Gemm", List.of("w", "b"), integer("transB", 1));
    }

    @Test
    void everyBrokenFileIsReadOrRefusedWithWords() throws IOException {
        ModelProto model = whole().build();
        int refused = 0;
        for (int seed = 0; seed < FILES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = switch (seed % 4) {
                case 0 -> Arrays.copyOf(model.toByteArray(), random.nextInt(model.getSerializedSize()));
                case 1 -> flipped(model.toByteArray(), random, 1 + random.nextInt(4));
                case 2 -> flipped(structure(model).toByteArray(), random, 1 + random.nextInt(8));
                default -> mutated(model.toBuilder(), random).toByteArray();
            };
            refused += refused(bytes, "seed " + seed) ? 1 : 0;
        }
        assertThat(refused).isBetween(FILES / 3, FILES - 1);
    }

    private boolean refused(byte[] bytes, String which) throws IOException {
        Path file = Files.write(directory.resolve("broken.onnx"), bytes);
        try {
            OnnxReader.read(file, SMALL);
            return false;
        } catch (OnnxException e) {
            assertThat(e.faults()).as(which).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.node()).isNotBlank();
                assertThat(fault.detail()).isNotBlank().hasSizeLessThan(2000);
            });
        } catch (IOException e) {
            assertThat(e.getMessage()).as(which).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(which, e);
        }
        return true;
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random, int flips) {
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** Almost all of the file is weights; without them flips hit what says what is computed. */
    private static ModelProto structure(ModelProto model) {
        ModelProto.Builder light = model.toBuilder();
        for (TensorProto.Builder tensor : light.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getRawData().size() > 64) {
                tensor.clearRawData();
            }
        }
        return light.build();
    }

    private static ModelProto mutated(ModelProto.Builder model, SplittableRandom random) {
        GraphProto.Builder graph = model.getGraphBuilder();
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        TensorProto.Builder tensor = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
        long absurd = new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1_000_000_000, 1L << 32}[random.nextInt(6)];
        switch (random.nextInt(12)) {
            case 0 -> tensor.addDims(absurd);
            case 1 -> {
                tensor.clearDims();
                tensor.addDims(absurd).addDims(absurd);
            }
            case 2 -> tensor.setDataType(random.nextInt(30));
            case 3 -> tensor.setRawData(ByteString.copyFrom(new byte[random.nextInt(40)]));
            case 4 ->
                tensor.addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));
            case 5 ->
                node.addInput(
                        graph.getNode(random.nextInt(graph.getNodeCount())).getOutput(0));
            case 6 ->
                node.setInput(
                        0, graph.getNode(random.nextInt(graph.getNodeCount())).getOutput(0));
            case 7 ->
                node.setOpType(
                        graph.getNode(random.nextInt(graph.getNodeCount())).getOpType());
            case 8 ->
                node.addAttribute(ints(
                        List.of("pads", "strides", "kernel_shape", "perm", "axes")
                                .get(random.nextInt(5)),
                        absurd,
                        absurd,
                        1,
                        absurd));
            case 9 -> {
                for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                    if (attribute.getIntsCount() > 0) {
                        attribute.setInts(random.nextInt(attribute.getIntsCount()), absurd);
                    }
                    attribute.setI(absurd).setF(Float.NaN);
                }
            }
            case 10 ->
                graph.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(random.nextInt(4))
                        .setDimValue(absurd);
            default ->
                node.addAttribute(AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeType.GRAPH)
                        .setG(graph.build()));
        }
        return model.build();
    }

    @Test
    void graphsWithinGraphsWithoutEnd() throws IOException {
        byte[] graph = new byte[0];
        for (int i = 0; i < 1000; i++) {
            graph = within(NodeProto.ATTRIBUTE_FIELD_NUMBER, within(AttributeProto.G_FIELD_NUMBER, graph));
            graph = within(GraphProto.NODE_FIELD_NUMBER, graph);
        }
        Path file = inGraph(graph);
        assertThatThrownBy(() -> OnnxReader.read(file, SMALL))
                .isInstanceOf(OnnxException.class)
                .hasMessage("model: its messages are nested deeper than 24");
    }

    /** Two bytes each in the file, and a hundred in memory. */
    @Test
    void smallMessagesThatWouldBeLargeObjects() throws IOException {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (int i = 0; i < 400_000; i++) {
            graph.write(11 << 3 | 2);
            graph.write(0);
        }
        assertThatThrownBy(() -> OnnxReader.read(inGraph(graph.toByteArray()), SMALL))
                .isInstanceOf(OnnxException.class)
                .hasMessage("model: it would take more memory than three times the allowed 1048576 bytes of its file");
        ByteArrayOutputStream nodes = new ByteArrayOutputStream();
        for (int i = 0; i < 400_000; i++) {
            nodes.write(1 << 3 | 2);
            nodes.write(0);
        }
        assertThatThrownBy(() -> OnnxReader.read(inGraph(nodes.toByteArray()), SMALL))
                .isInstanceOf(OnnxException.class)
                .hasMessage("model: it has more nodes than the allowed 100");
    }

    private Path inGraph(byte[] graph) throws IOException {
        return Files.write(directory.resolve("bomb.onnx"), within(ModelProto.GRAPH_FIELD_NUMBER, graph));
    }

    private static byte[] within(int field, byte[] message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(field, message);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void whatTheParserDoesNotKnowIsNotPassedOver() throws Exception {
        UnknownFieldSet.Field text = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                .build();
        ModelBuilder harmless = whole();
        harmless.graph()
                .getNodeBuilder(0)
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(9, text).build());
        assertThat(OnnxReader.read(harmless.write(directory), SMALL).notes())
                .containsExactly("field 9 of NodeProto (metadata) is left out");
        ModelBuilder overload = whole();
        overload.graph()
                .getNodeBuilder(0)
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(8, text).build());
        Path file = overload.write(directory);
        assertThatThrownBy(() -> OnnxReader.read(file, SMALL))
                .isInstanceOf(OnnxException.class)
                .hasMessage("model: it has the unknown field 8 of NodeProto, which may change what is computed");
    }

    @Test
    void filesThatAreNoModels() throws IOException {
        Path empty = Files.write(directory.resolve("empty.onnx"), new byte[0]);
        assertThatThrownBy(() -> OnnxReader.read(empty, SMALL)).isInstanceOf(OnnxException.class);
        Path text = Files.writeString(directory.resolve("text.onnx"), "this is no model at all");
        assertThatThrownBy(() -> OnnxReader.read(text, SMALL)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OnnxReader.read(directory.resolve("none.onnx"), SMALL))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesAreShownOnOneLineAndNotEndless() throws IOException {
        ModelBuilder model = whole();
        model.graph().getNodeBuilder(0).setName("a\nb" + "c".repeat(10_000)).setOpType("Mystery" + "!".repeat(10_000));
        Path file = model.write(directory);
        assertThatThrownBy(() -> OnnxReader.read(file, SMALL))
                .isInstanceOf(OnnxException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
    }
}
