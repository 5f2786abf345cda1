package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.Judge.activations;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer.Activation.Function;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are valid and that no exporter writes, against ONNX Runtime. */
class OddModelsTest {

    @TempDir
    Path directory;

    private static ModelBuilder convolution(long opset) {
        return new ModelBuilder(opset, 2, 3, 4, 5)
                .weights("w", 3, 3, 3, 3)
                .then("Conv", List.of("w"), ints("pads", 1, 1, 1, 1));
    }

    /** Both factors of -x * gate(-x) are made of the same convolution, into which the sign must not go twice. */
    @Test
    void factorsOfOneLayer() throws Exception {
        agree(convolution(14).then("Neg").then("HardSwish"));
        agree(convolution(14).scalar("two", 2).then("Mul", List.of("two")).then("Pow", List.of("two")));
    }

    /** 1e-8 is not what rounding has left of 0. */
    @Test
    void tinyFactors() throws Exception {
        ModelBuilder model = convolution(13)
                .scalar("zero", 0)
                .scalar("three", 3)
                .scalar("six", 6)
                .scalar("tiny", 1e-8)
                .tensor("huge", new long[] {3, 1, 1}, 1e8f, 1e8f, 1e8f)
                .then("Add", List.of("three"))
                .then("Clip", List.of("zero", "six"))
                .node("Mul", List.of("Conv0", "Clip2"))
                .then("Mul", List.of("tiny"))
                .then("Mul", List.of("huge"));
        assertThat(activations(agree(model))).containsExactly(Function.HARD_SWISH);
    }

    @Test
    void clipsOfFactorsAndSummands() throws Exception {
        ModelBuilder model = convolution(13)
                .scalar("zero", 0)
                .scalar("six", 6)
                .scalar("two", 2)
                .then("Mul", List.of("two"))
                .then("Sub", List.of("six"))
                .then("Clip", List.of("zero", "six"))
                .then("Div", List.of("two"));
        assertThat(activations(agree(model))).containsExactly(Function.RELU6);
        agree(convolution(13)
                .scalar("one", 1)
                .then("Add", List.of("one"))
                .then("Relu")
                .node("Add", List.of("Add1", "Relu2")));
    }

    /** An input and an output that are left out have the same name, which is none. */
    @Test
    void namesLeftOut() throws Exception {
        ModelBuilder model = convolution(13)
                .scalar("six", 6)
                .then("Relu")
                .node("Clip", "clip", List.of("Relu1", "", "six"))
                .then("Dropout");
        model.graph().getNodeBuilder(3).addOutput("");
        model.then("Relu").node("Clip", "again", List.of("Relu4", "", "six"));
        assertThat(activations(agree(model))).contains(Function.RELU6);
    }

    private OnnxModel agree(ModelBuilder model) throws Exception {
        return Judge.agree(model.write(directory), 2, 3, 4, 5);
    }
}
