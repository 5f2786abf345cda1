package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static io.phyla.evaluators.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read, and how it is said. */
class RefusalsTest {

    @TempDir
    Path directory;

    private static ModelBuilder model() {
        return new ModelBuilder(13, -1, 4, 6, 6);
    }

    private void refused(ModelBuilder model, String... faults) throws IOException {
        refused(model, OnnxLimits.DEFAULT, faults);
    }

    private void refused(ModelBuilder model, OnnxLimits limits, String... faults) throws IOException {
        Path file = model.write(directory);
        OnnxException refusal = catchThrowableOfType(OnnxException.class, () -> OnnxReader.read(file, limits));
        assertThat(refusal).isNotNull();
        assertThat(refusal.faults().stream().map(Fault::toString)).containsExactly(faults);
    }

    @Test
    void operators() throws IOException {
        refused(model().then("Loop"), "Loop0: operator 'Loop' cannot be read");
        ModelBuilder unnamed = model().then("Relu").then("LSTM");
        unnamed.graph().getNodeBuilder(1).clearName();
        refused(unnamed, "node 1 (LSTM): operator 'LSTM' cannot be read");
        ModelBuilder foreign = model().then("Gelu");
        foreign.graph().getNodeBuilder(0).setDomain("com.microsoft");
        refused(foreign, "Gelu0: operator 'Gelu' of the domain 'com.microsoft' cannot be read");
        refused(model().then("Gather"), "Gather0: operator 'Gather' can be read of constants only");
        refused(
                model().weights("w", 3).node("Relu", "c", List.of("w")).node("Add", List.of("x", "c")),
                "c: operator 'Relu' of constants only cannot be read");
    }

    @Test
    void everythingWrongAtOnce() throws IOException {
        refused(
                model().then("Loop")
                        .then("Relu")
                        .node("Softplus", "other", List.of("x"))
                        .then("Conv", List.of("nowhere_to_be_seen"))
                        .weights("nowhere_to_be_seen", 1)
                        .node("Clip", "clip", List.of("x"), text("mode", "soft"))
                        .node("Sum", List.of("Relu1", "Conv3", "clip")),
                "Loop0: operator 'Loop' cannot be read",
                "other: operator 'Softplus' cannot be read",
                "clip: its attribute 'mode' cannot be read");
    }

    @Test
    void attributes() throws IOException {
        ModelBuilder conv = model().weights("w", 3, 4, 3, 3);
        refused(conv.then("Conv", List.of("w"), real("blur", 1)), "Conv0: its attribute 'blur' cannot be read");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"), integer("strides", 2)),
                "Conv0: attribute 'strides' must be of the type INTS, not INT");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"), ints("strides", 2)),
                "Conv0: attribute 'strides' must have 2 numbers, not 1");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"), ints("strides", 2, 0)),
                "Conv0: attribute 'strides' must be from 1 to 2147483647, not 0");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"), ints("pads", 1, 1, 1, -1)),
                "Conv0: padding must be from 0 to 2147483647, not -1");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"), ints("kernel_shape", 5, 5)),
                "Conv0: attribute 'kernel_shape' is [5, 5] and the weights have [3, 3]");
        refused(
                model().weights("w", 3, 2, 3, 3).then("Conv", List.of("w")),
                "Conv0: its input 2 ('w') is for 2 channels, not 4");
        refused(
                model().then("Relu", integer("twice", 1), integer("twice", 2)),
                "Relu0: attribute 'twice' is given twice");
        refused(
                model().then("MaxPool", ints("kernel_shape", 3, 3), ints("strides", 2, 2), integer("ceil_mode", 1)),
                "MaxPool0: attribute 'ceil_mode' must be 0 where windows reach over the end of 4x6x6");
        refused(
                model().then("MaxPool", ints("kernel_shape", 3, 3), ints("dilations", 2, 2)),
                "MaxPool0: attribute 'dilations' must be 1; there is no pooling layer with holes");
        refused(
                model().then("AveragePool", ints("kernel_shape", 3, 3), ints("pads", 1, 0, 0, 0)),
                "AveragePool0: there is no layer for an average that leaves out padding that is not the same on both "
                        + "sides; count_include_pad = 1 can be read");
        refused(
                model().then("MaxPool", ints("kernel_shape", 3, 3), ints("pads", 1, 0, 0, 0)),
                "MaxPool0: there is no layer for a maximum with padding that is not the same on both sides, unless"
                        + " what it pools is never below 0");
        refused(
                model().then("HardSigmoid"),
                "HardSigmoid0: there is no layer for alpha = 0.2 and beta = 0.5; alpha = 1/6 and beta = 0.5 can be"
                        + " read");
        refused(
                model().then("Flatten", integer("axis", 2)),
                "Flatten0: attribute 'axis' must be 1, which leaves the batch alone, not 2");
        refused(
                model().then("Transpose", ints("perm", 1, 0, 2, 3)),
                "Transpose0: attribute 'perm' must be an order of 4 dimensions that leaves the batch first, not [1, 0,"
                        + " 2, 3]");
        ModelBuilder both = model().then("Flatten", integer("axis", 1));
        both.graph().getNodeBuilder(0).getAttributeBuilder(0).setF(2);
        refused(both, "Flatten0: attribute 'axis' of the type INT has values of other types, too");
        ModelBuilder subgraph = model().then("Relu");
        subgraph.graph()
                .getNodeBuilder(0)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeType.GRAPH)
                        .setG(GraphProto.getDefaultInstance()));
        refused(subgraph, "Relu0: its attribute 'body' cannot be read");
    }

    @Test
    void layersThatThereAreNot() throws IOException {
        refused(
                model().scalar("one", 1).scalar("two", 2).then("Clip", List.of("one", "two")),
                "Clip0: there is no layer that clips from 1.0 to 2.0; 0 to 6 and 0 to infinity can be read");
        refused(model().then("Erf"), "Erf0: there is no layer for the error function outside of GELU");
        refused(
                model().weights("w", 4, 6, 6).then("Add", List.of("w")),
                "Add0: there is no layer that combines Nx4x6x6 with a constant of [4, 6, 6]; one number and one for"
                        + " each channel can be read");
        refused(
                model().then("Softmax"),
                "Softmax0: there is no layer for a softmax of 4x6x6 seen as Nx4x6x6 along axis 3");
        refused(
                model().then("ReduceMean", ints("axes", 1)),
                "ReduceMean0: there is no layer for a mean of 4x6x6 seen as Nx4x6x6 over the dimensions [1]; a mean"
                        + " over height and width can be read");
        refused(
                model().then("Transpose", ints("perm", 0, 1, 3, 2)),
                "Transpose0: there is no layer that arranges 4x6x6 as Nx4x6x6, which is needed after it");
        refused(
                model().then("Relu").node("Sub", List.of("Relu0", "x")),
                "Sub1: there is no layer for a difference of two computed tensors");
        refused(
                model().wholes("shape", 2, 72).then("Reshape", List.of("shape")),
                "Reshape0: the new shape [2, 72] does not keep the 144 elements of each sample of Nx4x6x6 together");
        refused(
                model().wholes("pads", 0, 1, 0, 0, 0, 0, 0, 0).then("Pad", List.of("pads")),
                "Pad0: there is no layer that pads the batch or the channels");
        refused(
                model().wholes("pads", 0, 0, 1, 1, 0, 0, 1, 1).then("Pad", List.of("pads"), text("mode", "reflect")),
                "Pad0: attribute 'mode' must be constant, not reflect");
        refused(
                new ModelBuilder(13, 1, 8, 6, 6).then("DepthToSpace", integer("blocksize", 2)),
                "DepthToSpace0: attribute 'mode' must be CRD, not DCR, for which there is no layer");
    }

    /** Its numbers would be others each time, or those of whatever images come together. */
    @Test
    void trainingMode() throws IOException {
        ModelBuilder normalized = new ModelBuilder(15, 1, 4, 6, 6)
                .positive("p", 4)
                .then("BatchNormalization", List.of("p", "p", "p", "p"), integer("training_mode", 1));
        String batch = "BatchNormalization0: it is in training mode, which normalises by the batch; export the model in"
                + " evaluation mode";
        refused(normalized, batch);
        ModelBuilder older = model().positive("p", 4).then("BatchNormalization", List.of("p", "p", "p", "p"));
        older.graph().getNodeBuilder(0).addOutput("mean").addOutput("variance");
        refused(older, batch);
        ModelBuilder dropped = model().scalar("half", 0.5).then("Dropout", List.of("half", "true"));
        dropped.graph()
                .addInitializer(TensorProto.newBuilder()
                        .setName("true")
                        .setDataType(DataType.BOOL.getNumber())
                        .addInt32Data(1));
        refused(
                dropped,
                "Dropout0: it is in training mode, which draws other zeros each time; export the model in evaluation"
                        + " mode");
    }

    @Test
    void numbersThatAreNone() throws IOException {
        refused(
                model().then("LeakyRelu", real("alpha", Float.NaN)),
                "LeakyRelu0: attribute 'alpha' must be finite, not NaN");
        refused(
                model().weights("s", 4).then("InstanceNormalization", List.of("s", "s"), real("epsilon", -1)),
                "InstanceNormalization0: attribute 'epsilon' must not be negative, and is -1.0");
        refused(
                model().scalar("ratio", 2).then("Dropout", List.of("ratio")),
                "Dropout0: layer 'Dropout0': the probability must be from 0 to less than 1, not 2.0");
        refused(
                model().wholes("indices", new long[0])
                        .weights("w", 4)
                        .node("Gather", "none", List.of("w", "indices"))
                        .node("Slice", "backwards", List.of("none", "minus", "minus", "zero", "minus"))
                        .wholes("minus", -1)
                        .wholes("zero", 0)
                        .node("Add", List.of("x", "backwards")),
                "Add2: there is no layer that combines Nx4x6x6 with a constant of [0]; one number and one for each"
                        + " channel can be read");
    }

    /** Each index of eight dimensions adds seven to those of what it is taken from. */
    @Test
    void dimensionsThatAddUp() throws IOException {
        ModelBuilder model = model().weights("c0", 1);
        model.graph()
                .addInitializer(ModelBuilder.whole(0)
                        .setName("index")
                        .clearDims()
                        .addAllDims(List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)));
        for (int i = 1; i < 9; i++) {
            model.node("Gather", "c" + i, List.of("c" + (i - 1), "index"));
        }
        refused(model.node("Add", List.of("x", "c8")), "c6: a tensor of 36 dimensions cannot be read");
    }

    /** Two samples in one row are not what each sample becomes by itself. */
    @Test
    void samplesInOneRow() throws IOException {
        for (long batch : new long[] {2, -1}) {
            refused(
                    new ModelBuilder(13, batch, 4, 6, 6)
                            .wholes("row", 1, -1)
                            .wholes("back", batch, 4, 6, 6)
                            .then("Reshape", List.of("row"))
                            .then("Softmax")
                            .then("Reshape", List.of("back")),
                    "Reshape0: the new shape [1, -1] does not keep the 144 elements of each sample of Nx4x6x6"
                            + " together");
        }
    }

    @Test
    void tensors() throws IOException {
        ModelBuilder external = model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"));
        external.graph()
                .getInitializerBuilder(0)
                .clearRawData()
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"));
        refused(external, "Conv0: tensor 'w': has its numbers in another file ('../../etc/passwd'), which is not read");
        ModelBuilder few = model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"));
        few.graph()
                .getInitializerBuilder(0)
                .setDims(0, 1_000_000_000)
                .setDims(1, 1_000_000_000)
                .setDims(2, 1_000_000_000);
        refused(
                few,
                "Conv0: tensor 'w': its dimensions [1000000000, 1000000000, 1000000000, 3] have more elements than can"
                        + " be counted");
        ModelBuilder many = model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"));
        many.graph().getInitializerBuilder(0).setDims(0, 1_000_000_000).setDims(1, 1_000_000);
        refused(
                many,
                "Conv0: tensor 'w': its dimensions [1000000000, 1000000, 3, 3] need 9000000000000000 numbers, not 108");
        ModelBuilder type = model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w"));
        type.graph().getInitializerBuilder(0).setDataType(14);
        refused(type, "Conv0: tensor 'w': its type COMPLEX64 cannot be read");
        refused(
                model().tensor("s", new long[] {1}, Float.NaN).then("Mul", List.of("s")),
                "Mul0: its input 2 ('s') has a number that is not finite");
        refused(
                model().weights("s", 4)
                        .weights("b", 4)
                        .weights("m", 4)
                        .tensor("v", new long[] {4}, 1, 1, -1, 1)
                        .then("BatchNormalization", List.of("s", "b", "m", "v")),
                "BatchNormalization0: its input 5 ('v') has a variance of -1.0, which is not above 0");
        refused(
                model().then("Relu").node("Conv", List.of("x", "Relu0")),
                "Conv1: its input 2 ('Relu0') must be a constant and is computed from the graph's input");
    }

    @Test
    void graphs() throws IOException {
        refused(
                model().node("Relu", "a", List.of("b")).node("Relu", "b", List.of("a")),
                "a: its input 'b' depends on its own output");
        refused(model().node("Relu", "a", List.of("nothing")), "a: nothing makes its input 'nothing'");
        refused(
                model().input("y", 1, 4, 6, 6).node("Add", List.of("x", "y")),
                "graph: it must have one input, not [x, y]");
        ModelBuilder outputs = model().then("Relu");
        outputs.graph().addOutput(ModelBuilder.info("Relu0", 1)).addOutput(ModelBuilder.info("x", 1));
        refused(outputs, "graph: it must have one output, not [Relu0, x]");
        refused(
                new ModelBuilder(13, 1, 3, -1, 8).then("Relu"),
                "graph: its input 'x' must have a fixed, positive dimension 2, not 'n'");
        refused(
                new ModelBuilder(13, 1, 2, 3, 8, 8).then("Relu"),
                "graph: its input 'x' must be N,C,H,W, N,C,W or N,C, and has 5 dimensions");
        refused(
                new ModelBuilder(13, 1, 1L << 31, 8, 8).then("Relu"),
                "graph: its input 'x' must have a fixed, positive dimension 1, not 2147483648");
        ModelBuilder twice = model().then("Relu").then("Relu");
        twice.graph().getNodeBuilder(1).setOutput(0, "Relu0");
        refused(twice, "Relu1: its output 'Relu0' has been made before");
        ModelBuilder second = model().then("MaxPool", ints("kernel_shape", 2, 2));
        second.graph().getNodeBuilder(0).addOutput("indices");
        second.node("Add", List.of("MaxPool0", "indices"));
        refused(second, "MaxPool0: its output 2 ('indices') is used, of which only the first can be read");
    }

    @Test
    void models() throws IOException {
        refused(new ModelBuilder(6, 1, 3, 8, 8).then("Relu"), "model: its opset must be from 7 to 26, not 6");
        refused(new ModelBuilder(27, 1, 3, 8, 8).then("Relu"), "model: its opset must be from 7 to 26, not 27");
        ModelBuilder twice = model().then("Relu");
        twice.model().addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(9));
        refused(twice, "model: it must import one version of the standard operators, not 2");
        ModelBuilder function = model().then("Relu");
        function.model().addFunctions(FunctionProto.newBuilder().setName("mine"));
        refused(function, "model: its function 'mine' cannot be read");
    }

    @Test
    void moreThanAllowed() throws IOException {
        OnnxLimits limits = OnnxLimits.DEFAULT;
        refused(
                model().then("Relu").then("Relu"),
                new OnnxLimits(limits.bytes(), 1, limits.parameters(), limits.activations(), limits.constants()),
                "model: it has more nodes than the allowed 1");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w")),
                new OnnxLimits(limits.bytes(), 9, 100, limits.activations(), limits.constants()),
                "Conv0: with its numbers all layers have more than the allowed 100");
        refused(
                model().weights("w", 3, 4, 3, 3).then("Conv", List.of("w")),
                new OnnxLimits(limits.bytes(), 9, 100, limits.activations(), 50),
                "Conv0: tensor 'w': constants of more than the allowed 50 elements in all");
        refused(
                model().then("Relu").then("Tanh"),
                new OnnxLimits(limits.bytes(), 9, 100, 300, 100),
                "Tanh1: with its output of 4x6x6 all layers have more than the allowed 300 elements for one sample");
        int size = model().then("Relu").build().getSerializedSize();
        refused(
                model().then("Relu"),
                new OnnxLimits(10, 9, 100, 300, 100),
                "model: its file has " + size + " bytes, more than the allowed 10");
    }

    @Test
    void channelsAndInputsWithoutNumber() throws IOException {
        refused(
                new ModelBuilder(13, 1, 1 << 27).scalar("two", 2).then("Mul", List.of("two")),
                "Mul0: with its numbers all layers have more than the allowed 50000000");
        refused(
                model().node("Concat", Collections.nCopies(1001, "x"), integer("axis", 1)),
                "Concat0: it has 1001 inputs, more than the allowed 1000");
    }

    /** Forty nodes, each of which would double what the one before has made. */
    @Test
    void constantsAndMapsThatDoubleForEver() throws IOException {
        ModelBuilder constants = model().weights("c0", 8);
        ModelBuilder maps = model();
        maps.node("Concat", "m0", List.of("x", "x"), integer("axis", 1));
        for (int i = 1; i < 40; i++) {
            constants.node("Concat", "c" + i, List.of("c" + (i - 1), "c" + (i - 1)), integer("axis", 0));
            maps.node("Concat", "m" + i, List.of("m" + (i - 1), "m" + (i - 1)), integer("axis", 1));
        }
        constants.node("Add", List.of("x", "c39"));
        refused(constants, "c23: constants of more than the allowed 100000000 elements in all");
        refused(
                maps,
                "m19: with its output of 4194304x6x6 all layers have more than the allowed 268435456 elements for one"
                        + " sample");
    }
}
