package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static io.phyla.evaluators.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One operator at a time as ONNX Runtime computes it. */
class OperatorsTest {

    @TempDir
    Path directory;

    @Test
    void convolution() throws Exception {
        ModelBuilder model = new ModelBuilder(13, -1, 4, 7, 6)
                .weights("conv1.weight", 6, 2, 3, 2)
                .weights("conv1.bias", 6)
                .then(
                        "Conv",
                        List.of("conv1.weight", "conv1.bias"),
                        ints("kernel_shape", 3, 2),
                        ints("strides", 2, 1),
                        ints("pads", 1, 2, 1, 2),
                        ints("dilations", 1, 2),
                        integer("group", 2));
        OnnxModel read = Judge.agree(model.write(directory), 3, 4, 7, 6);
        assertThat(read.network().nodes().getLast().name()).isEqualTo("conv1");
        assertThat(read.network().nodes().getLast().layer())
                .isEqualTo(new Layer.Convolution(
                        6, new Extent(3, 2), new Extent(2, 1), new Extent(1, 2), new Extent(1, 2), 2, true));
        assertThat(read.producer()).isEqualTo("by hand");
        assertThat(read.opset()).isEqualTo(13);
    }

    @Test
    void plainNetwork() throws Exception {
        ModelBuilder model = new ModelBuilder(11, 2, 3, 8, 8)
                .weights("c", 8, 3, 3, 3)
                .then("Conv", List.of("c"), ints("pads", 1, 1, 1, 1))
                .weights("scale", 8)
                .weights("shift", 8)
                .weights("mean", 8)
                .positive("variance", 8)
                .then("BatchNormalization", List.of("scale", "shift", "mean", "variance"), real("epsilon", 1e-3))
                .then("Relu")
                .then("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .then("GlobalAveragePool")
                .then("Flatten")
                .weights("w", 5, 8)
                .weights("b", 5)
                .then("Gemm", List.of("w", "b"), integer("transB", 1));
        OnnxModel read = Judge.agree(model.write(directory), 2, 3, 8, 8);
        assertThat(read.network().nodes().get(2).layer()).isEqualTo(new Layer.BatchNormalization(1e-3, 0.1));
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void convolutionPaddedAsTheExporterDidNotSay() throws Exception {
        for (String padding : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            OnnxModel read = Judge.agree(
                    new ModelBuilder(9, 1, 2, 7, 8)
                            .weights("w", 3, 2, 4, 3)
                            .then("Conv", List.of("w"), text("auto_pad", padding), ints("strides", 2, 2))
                            .write(directory),
                    1,
                    2,
                    7,
                    8);
            assertThat(layers(read).contains(Layer.Pad.class)).isEqualTo(!padding.equals("VALID"));
        }
        OnnxModel uneven = Judge.agree(
                new ModelBuilder(9, 1, 2, 7, 8)
                        .weights("w", 3, 2, 3, 3)
                        .then("Conv", List.of("w"), ints("pads", 0, 1, 2, 1))
                        .write(directory),
                1,
                2,
                7,
                8);
        assertThat(uneven.network().nodes().get(1).layer()).isEqualTo(new Layer.Pad(0, 2, 1, 1));
    }

    @Test
    void convolutionOfASequence() throws Exception {
        Judge.agree(
                new ModelBuilder(13, -1, 3, 9)
                        .weights("w", 4, 3, 3)
                        .then("Conv", List.of("w"), ints("pads", 1, 1))
                        .weights("s", 4)
                        .weights("b", 4)
                        .weights("m", 4)
                        .positive("v", 4)
                        .then("BatchNormalization", List.of("s", "b", "m", "v"))
                        .then("Relu")
                        .then("MaxPool", ints("kernel_shape", 3), ints("strides", 2))
                        .then("Flatten")
                        .weights("g", 16, 2)
                        .then("Gemm", List.of("g"))
                        .write(directory),
                2,
                3,
                9);
    }

    @Test
    void transposedConvolution() throws Exception {
        Judge.agree(
                new ModelBuilder(11, -1, 4, 3, 4)
                        .weights("w", 4, 3, 3, 2)
                        .weights("b", 6)
                        .then(
                                "ConvTranspose",
                                List.of("w", "b"),
                                integer("group", 2),
                                ints("strides", 2, 3),
                                ints("pads", 1, 0, 1, 0),
                                ints("output_padding", 1, 2),
                                ints("dilations", 1, 2))
                        .write(directory),
                2,
                4,
                3,
                4);
        Judge.agree(
                new ModelBuilder(11, -1, 2, 3, 4)
                        .weights("w", 2, 3, 3, 3)
                        .then("ConvTranspose", List.of("w"), ints("strides", 2, 2), ints("pads", 0, 1, 1, 0))
                        .write(directory),
                2,
                2,
                3,
                4);
    }

    @Test
    void matrixProducts() throws Exception {
        Judge.agree(
                new ModelBuilder(13, 2, 6)
                        .weights("w", 6, 4)
                        .weights("b", 4)
                        .then("MatMul", List.of("w"))
                        .then("Add", List.of("b"))
                        .weights("v", 3, 4)
                        .weights("c", 1, 3)
                        .then("Gemm", List.of("v", "c"), integer("transB", 1), real("alpha", 0.5), real("beta", 2))
                        .write(directory),
                2,
                6);
    }

    @Test
    void activations() throws Exception {
        for (String name : List.of("Relu", "LeakyRelu", "HardSwish", "Sigmoid", "Tanh")) {
            OnnxModel read =
                    Judge.agree(new ModelBuilder(14, 2, 3, 4, 5).then(name).write(directory), 2, 3, 4, 5);
            assertThat(read.network().nodes()).hasSize(2);
        }
        Judge.agree(new ModelBuilder(24, 2, 3, 4, 5).then("Swish").write(directory), 2, 3, 4, 5);
        Judge.agree(new ModelBuilder(20, 2, 3, 4, 5).then("Gelu").write(directory), 2, 3, 4, 5);
        Judge.agree(
                new ModelBuilder(11, 2, 3, 4, 5)
                        .then("HardSigmoid", real("alpha", 1.0 / 6), real("beta", 0.5))
                        .write(directory),
                2,
                3,
                4,
                5);
        Judge.agree(
                new ModelBuilder(11, 2, 3, 4, 5)
                        .tensor("slopes", new long[] {3, 1, 1}, 0.2f, 0.2f, 0.2f)
                        .then("PRelu", List.of("slopes"))
                        .write(directory),
                2,
                3,
                4,
                5);
    }

    @Test
    void clipsThatAreActivations() throws Exception {
        OnnxModel six = Judge.agree(
                new ModelBuilder(9, 2, 3, 4, 5)
                        .then("Clip", real("min", 0), real("max", 6))
                        .write(directory),
                2,
                3,
                4,
                5);
        assertThat(activations(six)).containsExactly(Function.RELU6);
        OnnxModel inputs = Judge.agree(
                new ModelBuilder(12, 2, 3, 4, 5)
                        .scalar("low", 0)
                        .scalar("high", Float.MAX_VALUE)
                        .then("Clip", List.of("low", "high"))
                        .write(directory),
                2,
                3,
                4,
                5);
        assertThat(activations(inputs)).containsExactly(Function.RELU);
        OnnxModel open = Judge.agree(
                new ModelBuilder(12, 2, 3, 4, 5)
                        .scalar("low", 0)
                        .then("Clip", List.of("low"))
                        .write(directory),
                2,
                3,
                4,
                5);
        assertThat(activations(open)).containsExactly(Function.RELU);
    }

    @Test
    void functionsWrittenOut() throws Exception {
        ModelBuilder swish = new ModelBuilder(13, 2, 3, 4, 5).node("Sigmoid", "s", List.of("x"));
        assertThat(activations(agree(swish.node("Mul", List.of("s", "x"))))).containsExactly(Function.SWISH);
        assertThat(activations(agree(hardSigmoid()))).containsExactly(Function.HARD_SIGMOID);
        assertThat(activations(agree(hardSigmoid().then("Mul", List.of("x"))))).containsExactly(Function.HARD_SWISH);
        ModelBuilder late = new ModelBuilder(9, 2, 3, 4, 5)
                .scalar("three", 3)
                .scalar("sixth", 1.0 / 6)
                .node("Add", List.of("x", "three"))
                .then("Clip", real("min", 0), real("max", 6))
                .then("Mul", List.of("x"))
                .then("Mul", List.of("sixth"));
        assertThat(activations(agree(late))).containsExactly(Function.HARD_SWISH);
        ModelBuilder gelu = new ModelBuilder(13, 2, 3, 4, 5)
                .scalar("root", Math.sqrt(2))
                .scalar("half", 0.5)
                .scalar("one", 1)
                .node("Div", List.of("x", "root"))
                .then("Erf")
                .then("Add", List.of("one"))
                .then("Mul", List.of("x"))
                .then("Mul", List.of("half"));
        assertThat(activations(agree(gelu))).containsExactly(Function.GELU);
    }

    private static ModelBuilder hardSigmoid() {
        return new ModelBuilder(9, 2, 3, 4, 5)
                .scalar("three", 3)
                .scalar("six", 6)
                .node("Add", List.of("three", "x"))
                .then("Clip", real("min", 0), real("max", 6))
                .then("Div", List.of("six"));
    }

    @Test
    void whatOnlyLooksLikeAFunctionIsComputedAsWritten() throws Exception {
        ModelBuilder other = new ModelBuilder(13, 2, 3, 4, 5)
                .weights("w", 3, 3, 1, 1)
                .node("Conv", "y", List.of("x", "w"))
                .node("Sigmoid", "s", List.of("x"))
                .node("Mul", List.of("s", "y"));
        OnnxModel read = agree(other);
        assertThat(activations(read)).containsExactly(Function.SIGMOID);
        assertThat(layers(read)).contains(Layer.Multiply.class);
        ModelBuilder shared = new ModelBuilder(13, 2, 3, 4, 5)
                .weights("w", 3, 3, 1, 1)
                .scalar("two", 2)
                .node("Conv", "y", List.of("x", "w"))
                .node("Mul", "z", List.of("y", "two"))
                .node("Sigmoid", "s", List.of("y"))
                .node("Mul", "m", List.of("z", "s"))
                .node("Add", List.of("m", "y"));
        agree(shared);
        ModelBuilder square =
                new ModelBuilder(13, 2, 3, 4, 5).node("Tanh", "t", List.of("x")).node("Mul", List.of("t", "t"));
        assertThat(layers(agree(square))).contains(Layer.Multiply.class);
    }

    @Test
    void constantsGoIntoWeights() throws Exception {
        ModelBuilder model = new ModelBuilder(13, 2, 3, 4, 5)
                .weights("w", 4, 3, 3, 3)
                .then("Conv", List.of("w"))
                .positive("scale", 1, 4, 1, 1)
                .then("Mul", List.of("scale"))
                .weights("shift", 4, 1, 1)
                .then("Add", List.of("shift"))
                .scalar("tenth", 0.1)
                .then("Sub", List.of("tenth"));
        OnnxModel read = agree(model);
        assertThat(layers(read)).containsExactly(Layer.Input.class, Layer.Convolution.class);
        ModelBuilder input = new ModelBuilder(13, 2, 3, 4, 5)
                .weights("mean", 3, 1, 1)
                .positive("deviation", 3, 1, 1)
                .then("Sub", List.of("mean"))
                .then("Div", List.of("deviation"));
        OnnxModel normalized = agree(input);
        assertThat(layers(normalized)).containsExactly(Layer.Input.class, Layer.Convolution.class);
        ModelBuilder one = new ModelBuilder(13, 2, 3, 4, 5).scalar("one", 1).node("Sub", List.of("one", "x"));
        agree(one);
    }

    @Test
    void pooling() throws Exception {
        agree(new ModelBuilder(11, 2, 3, 4, 5)
                .then("AveragePool", ints("kernel_shape", 3, 2), ints("pads", 1, 1, 1, 1), ints("strides", 2, 1)));
        agree(new ModelBuilder(11, 2, 3, 4, 5)
                .then(
                        "AveragePool",
                        ints("kernel_shape", 3, 2),
                        ints("pads", 1, 1, 1, 0),
                        integer("count_include_pad", 1)));
        agree(new ModelBuilder(11, 2, 3, 4, 5)
                .then("MaxPool", ints("kernel_shape", 2, 3), ints("strides", 2, 2), integer("ceil_mode", 1)));
        agree(new ModelBuilder(11, 2, 3, 4, 5)
                .then("Relu")
                .then("MaxPool", ints("kernel_shape", 2, 2), text("auto_pad", "SAME_UPPER")));
        agree(new ModelBuilder(11, 2, 3, 4, 5).then("GlobalMaxPool"));
        agree(new ModelBuilder(11, 2, 3, 4, 5).then("ReduceMean", ints("axes", 2, -1), integer("keepdims", 0)));
        agree(new ModelBuilder(18, 2, 3, 4, 5)
                .wholes("axes", -1, -2)
                .then("ReduceMean", List.of("axes"), integer("keepdims", 1)));
    }

    @Test
    void normalizations() throws Exception {
        agree(new ModelBuilder(11, 2, 3, 4, 5)
                .weights("s", 3)
                .weights("b", 3)
                .then("InstanceNormalization", List.of("s", "b"), real("epsilon", 1e-3)));
        agree(
                new ModelBuilder(21, 2, 4, 4, 5)
                        .weights("s", 4)
                        .weights("b", 4)
                        .then("GroupNormalization", List.of("s", "b"), integer("num_groups", 2)),
                2,
                4,
                4,
                5);
        agree(
                new ModelBuilder(17, 2, 7)
                        .weights("s", 7)
                        .weights("b", 7)
                        .then("LayerNormalization", List.of("s", "b")),
                2,
                7);
        OnnxModel positions = agree(new ModelBuilder(17, 2, 3, 4, 5)
                .weights("s", 3)
                .weights("b", 3)
                .then("Transpose", ints("perm", 0, 2, 3, 1))
                .then("LayerNormalization", List.of("s", "b"))
                .then("Transpose", ints("perm", 0, 3, 1, 2)));
        assertThat(layers(positions)).containsExactly(Layer.Input.class, Layer.LayerNormalization.class);
        OnnxModel all = agree(new ModelBuilder(17, 2, 3, 4, 5)
                .tensor("s", new long[] {3, 4, 5}, same(60, 1.5f))
                .then("LayerNormalization", List.of("s"), integer("axis", 1)));
        assertThat(layers(all)).containsExactly(Layer.Input.class, Layer.GroupNormalization.class);
    }

    @Test
    void trainingIsLeftToWhoeverTrains() throws Exception {
        ModelBuilder model = new ModelBuilder(15, 2, 3, 4, 5)
                .weights("s", 3)
                .weights("b", 3)
                .weights("m", 3)
                .positive("v", 3)
                .then("BatchNormalization", List.of("s", "b", "m", "v"), real("momentum", 0.95))
                .scalar("ratio", 0.25)
                .then("Dropout", List.of("ratio"));
        OnnxModel read = agree(model);
        assertThat(read.network().nodes().get(1).layer()).isEqualTo(new Layer.BatchNormalization(1e-5, 0.05));
        assertThat(read.network().nodes().get(2).layer()).isEqualTo(new Layer.Dropout(0.25));
        model.graph()
                .getNodeBuilder(0)
                .addAttribute(integer("training_mode", 1))
                .addOutput("m2")
                .addOutput("v2");
        assertThat(OnnxReader.read(model.write(directory), OnnxLimits.DEFAULT).notes())
                .singleElement()
                .asString()
                .startsWith("BatchNormalization0: its training mode and its outputs for training are left out");
    }

    @Test
    void shapesThatCancelOrAreComputed() throws Exception {
        OnnxModel cancels = agree(new ModelBuilder(13, 2, 3, 4, 5)
                .then("Transpose", ints("perm", 0, 2, 3, 1))
                .then("Relu")
                .then("Transpose", ints("perm", 0, 3, 1, 2)));
        assertThat(layers(cancels)).containsExactly(Layer.Input.class, Layer.Activation.class);
        OnnxModel computed = agree(new ModelBuilder(13, -1, 3, 4, 5)
                .node("Shape", "shape", List.of("x"))
                .tensor("unused", new long[] {1}, 1)
                .node("Constant", "zero", List.of(), ModelBuilder.tensor("value", zero()))
                .node("Gather", "n", List.of("shape", "zero"))
                .wholes("axis", 0)
                .node("Unsqueeze", "first", List.of("n", "axis"))
                .wholes("rest", -1)
                .node("Concat", "target", List.of("first", "rest"), integer("axis", 0))
                .node("Reshape", List.of("x", "target"))
                .weights("w", 60, 3)
                .then("MatMul", List.of("w")));
        assertThat(layers(computed)).containsExactly(Layer.Input.class, Layer.Flatten.class, Layer.Linear.class);
        OnnxModel last = agree(new ModelBuilder(13, 2, 3, 4, 5)
                .then("Transpose", ints("perm", 0, 2, 3, 1))
                .then("Flatten")
                .weights("w", 60, 3)
                .then("Gemm", List.of("w")));
        assertThat(layers(last)).containsExactly(Layer.Input.class, Layer.Linear.class);
        agree(new ModelBuilder(13, 2, 3, 4, 5)
                .then("GlobalAveragePool")
                .wholes("axes", 2, 3)
                .then("Squeeze", List.of("axes"))
                .weights("w", 3, 6)
                .then("MatMul", List.of("w"))
                .then("Unsqueeze", List.of("axes"))
                .weights("c", 2, 6, 1, 1)
                .then("Conv", List.of("c")));
    }

    @Test
    void movesOfPixels() throws Exception {
        agree(
                new ModelBuilder(11, 2, 8, 3, 2).then("DepthToSpace", integer("blocksize", 2), text("mode", "CRD")),
                2,
                8,
                3,
                2);
        OnnxModel written = agree(
                new ModelBuilder(11, 2, 8, 3, 2)
                        .wholes("six", 2, 2, 2, 2, 3, 2)
                        .then("Reshape", List.of("six"))
                        .then("Transpose", ints("perm", 0, 1, 4, 2, 5, 3))
                        .wholes("four", 2, 2, 6, 4)
                        .then("Reshape", List.of("four")),
                2,
                8,
                3,
                2);
        assertThat(layers(written)).containsExactly(Layer.Input.class, Layer.PixelShuffle.class);
        agree(new ModelBuilder(13, 2, 3, 4, 5)
                .wholes("pads", 0, 0, 1, 0, 0, 0, -1, 2)
                .then("Pad", List.of("pads")));
        agree(new ModelBuilder(9, 2, 3, 4, 5).then("Pad", ints("pads", 0, 0, 1, 0, 0, 0, 1, 2)));
        for (String mode : List.of("nearest", "linear")) {
            agree(new ModelBuilder(13, 2, 3, 4, 5)
                    .tensor("scales", new long[] {4}, 1, 1, 3, 3)
                    .then("Resize", List.of("", "scales"), text("mode", mode)));
        }
        agree(new ModelBuilder(13, 2, 3, 4, 5)
                .wholes("sizes", 2, 3, 8, 10)
                .then(
                        "Resize",
                        List.of("", "", "sizes"),
                        text("coordinate_transformation_mode", "asymmetric"),
                        text("nearest_mode", "floor")));
        agree(new ModelBuilder(9, 2, 3, 4, 5)
                .tensor("scales", new long[] {4}, 1, 1, 2, 2)
                .then("Upsample", List.of("scales")));
    }

    @Test
    void joins() throws Exception {
        agree(new ModelBuilder(13, 2, 3, 4, 5)
                .weights("w", 2, 3, 1, 1)
                .node("Conv", "y", List.of("x", "w"))
                .node("Concat", List.of("y", "x"), integer("axis", -3))
                .then("Softmax", integer("axis", 1)));
        agree(new ModelBuilder(11, 2, 6).then("Softmax"), 2, 6);
        agree(new ModelBuilder(13, 2, 3, 4, 5).node("Sum", List.of("x", "x", "x")));
        agree(new ModelBuilder(13, 2, 3, 4, 5)
                .node("GlobalAveragePool", "means", List.of("x"))
                .node("Mul", List.of("means", "x")));
    }

    @Test
    void attention() throws Exception {
        OnnxModel read = agree(
                new ModelBuilder(13, 2, 6, 2, 4)
                        .wholes("heads", 0, 2, 3, 8)
                        .weights("q", 6, 6, 1, 1)
                        .weights("k", 6, 6, 1, 1)
                        .weights("v", 6, 6, 1, 1)
                        .node("Conv", "queries", List.of("x", "q"))
                        .node("Conv", "keys", List.of("x", "k"))
                        .node("Conv", "values", List.of("x", "v"))
                        .node("Reshape", "q4", List.of("queries", "heads"))
                        .node("Reshape", "k4", List.of("keys", "heads"))
                        .node("Reshape", "v4", List.of("values", "heads"))
                        .node("Transpose", "qt", List.of("q4"), ints("perm", 0, 1, 3, 2))
                        .node("Transpose", "vt", List.of("v4"), ints("perm", 0, 1, 3, 2))
                        .node("MatMul", "scores", List.of("qt", "k4"))
                        .scalar("root", Math.sqrt(3))
                        .then("Div", List.of("root"))
                        .then("Softmax")
                        .then("MatMul", List.of("vt"))
                        .then("Transpose", ints("perm", 0, 1, 3, 2))
                        .wholes("map", 0, 6, 2, 4)
                        .then("Reshape", List.of("map")),
                2,
                6,
                2,
                4);
        assertThat(read.network().nodes().stream()
                        .map(Network.Node::layer)
                        .filter(Layer.MatrixProduct.class::isInstance))
                .containsExactly(
                        new Layer.MatrixProduct(2, true, (float) (1 / Math.sqrt(3))),
                        new Layer.MatrixProduct(2, false, 1));
    }

    private OnnxModel agree(ModelBuilder model, long... input) throws Exception {
        return Judge.agree(model.write(directory), input.length == 0 ? new long[] {2, 3, 4, 5} : input);
    }

    private static TensorProto.Builder zero() {
        return ModelBuilder.whole(0).clearDims();
    }

    private static float[] same(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static List<Class<?>> layers(OnnxModel model) {
        return model.network().nodes().stream()
                .<Class<?>>map(node -> node.layer().getClass())
                .toList();
    }

    private static List<Function> activations(OnnxModel model) {
        return model.network().nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Activation)
                .map(node -> ((Layer.Activation) node.layer()).function())
                .toList();
    }
}
