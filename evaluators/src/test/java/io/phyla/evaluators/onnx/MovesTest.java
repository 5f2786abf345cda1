package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.Judge.layers;
import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators that move elements, join them or see them otherwise, as ONNX Runtime computes them. */
class MovesTest {

    @TempDir
    Path directory;

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

    private static TensorProto.Builder zero() {
        return ModelBuilder.whole(0).clearDims();
    }

    private OnnxModel agree(ModelBuilder model, long... input) throws Exception {
        return Judge.agree(model.write(directory), input.length == 0 ? new long[] {2, 3, 4, 5} : input);
    }
}
