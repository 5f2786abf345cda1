package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.Judge.activations;
import static io.phyla.evaluators.onnx.Judge.layers;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of one element, as operators and written out, and arithmetic with constants, as ONNX Runtime computes them. */
class FunctionsTest {

    @TempDir
    Path directory;

    @Test
    void ofOneElement() throws Exception {
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

    private OnnxModel agree(ModelBuilder model, long... input) throws Exception {
        return Judge.agree(model.write(directory), input.length == 0 ? new long[] {2, 3, 4, 5} : input);
    }
}
