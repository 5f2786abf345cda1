package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.Judge.layers;
import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static io.phyla.evaluators.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Convolutions, products, pooling and normalisations as ONNX Runtime computes them. */
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
    }

    private static float[] same(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private OnnxModel agree(ModelBuilder model, long... input) throws Exception {
        return Judge.agree(model.write(directory), input.length == 0 ? new long[] {2, 3, 4, 5} : input);
    }
}
