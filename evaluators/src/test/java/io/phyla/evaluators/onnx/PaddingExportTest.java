package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Specimen;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime likes to merge a padding into the layer behind it, where zeros may mean something else. */
class PaddingExportTest {

    private static final int SEEDS = 5;

    static Stream<Layer> layersBehind() {
        return Stream.of(
                Layer.Pooling.maximum(2, 1, 0), Layer.Pooling.average(2, 1, 1), Layer.Convolution.of(3, 3, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("layersBehind")
    void zerosInFrontOfALayerStayZeros(Layer behind) throws Exception {
        Network.Builder builder = new Network.Builder(new Shape(2, 4, 5));
        builder.add("behind", behind, builder.add("pad", new Layer.Pad(1, 0, 2, 1), 0));
        Network network = builder.build();
        for (int opset : IntStream.rangeClosed(OnnxOptions.LOWEST_OPSET, OnnxOptions.HIGHEST_OPSET)
                .toArray()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                try (ReferenceExecution reference = new ReferenceExecution(network, 2)) {
                    OnnxRuntime.check(
                            Specimen.of("padding before " + behind, network, reference, seed),
                            new OnnxOptions(opset, false));
                }
            }
        }
    }
}
