package io.phyla.evaluators.onnx;

import static io.phyla.evaluators.onnx.ModelBuilder.integer;
import static io.phyla.evaluators.onnx.ModelBuilder.ints;
import static io.phyla.evaluators.onnx.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import java.nio.file.Path;
import java.util.List;
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
                .weights("scale", 8).weights("shift", 8).weights("mean", 8).positive("variance", 8)
                .then("BatchNormalization", List.of("scale", "shift", "mean", "variance"), real("epsilon", 1e-3))
                .then("Relu")
                .then("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .then("GlobalAveragePool")
                .then("Flatten")
                .weights("w", 5, 8).weights("b", 5)
                .then("Gemm", List.of("w", "b"), integer("transB", 1));
        OnnxModel read = Judge.agree(model.write(directory), 2, 3, 8, 8);
        assertThat(read.network().nodes().get(2).layer()).isEqualTo(new Layer.BatchNormalization(1e-3, 0.1));
        assertThat(read.notes()).isEmpty();
    }
}
