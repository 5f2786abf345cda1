package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.export.SamplePrograms;
import io.phyla.evaluators.export.Specimen;
import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime computes to 1e-5 what a layer program is in double, written as operators and as a function. */
class ProgramExportTest {

    private static final double TOLERANCE = 1e-5;
    private static final int RANDOM = 60;

    private static Map<String, LayerProgram> programs() {
        Map<String, LayerProgram> programs = new LinkedHashMap<>(SamplePrograms.published());
        programs.putAll(ReadyLayers.all());
        SamplePrograms.random(RANDOM).forEach(each -> programs.put(each.toString(), each));
        return programs;
    }

    private static Network network(LayerProgram program, Shape shape) {
        Network.Builder builder = new Network.Builder(shape);
        builder.add("layer", new Layer.Program(program), 0);
        return builder.build();
    }

    /** With random tensors and images. */
    private static Specimen specimen(String name, LayerProgram program, int batch, Shape shape) {
        Network network = network(program, shape);
        SplittableRandom random = new SplittableRandom(name.hashCode() + batch);
        Weights weights = Weights.of(network, tensor -> {
            float[] values = new float[tensor.tensor().size()];
            for (int i = 0; i < values.length; i++) {
                double stray = tensor.tensor().role() == Role.MOMENT
                        ? random.nextDouble(0.5, 1.5)
                        : tensor.tensor().initial() + random.nextDouble(-0.5, 0.5);
                values[i] = (float) stray;
            }
            return values;
        });
        float[] images = Weights.floats(
                random.doubles(batch * shape.elements(), -2, 2).toArray());
        return new Specimen(name, network, weights, images, reference(program, weights, batch, shape, images));
    }

    private static double[] reference(LayerProgram program, Weights weights, int batch, Shape shape, float[] images) {
        List<double[]> vectors = new ArrayList<>();
        List<double[]> affine = new ArrayList<>();
        List<double[]> moments = new ArrayList<>();
        for (TensorName name : weights.names()) {
            Role role = name.tensor().role();
            (role == Role.VECTOR ? vectors : role == Role.MOMENT ? moments : affine).add(doubles(weights.values(name)));
        }
        double[] none = {};
        return new ReferenceProgram(program, batch, shape)
                .infer(
                        doubles(images),
                        vectors.toArray(double[][]::new),
                        program.affine() ? affine.getFirst() : none,
                        program.affine() ? affine.getLast() : none,
                        moments.toArray(double[][]::new));
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static void check(String what, Specimen specimen, byte[] model) throws Exception {
        float[] found = OnnxRuntime.run(specimen, model);
        assertThat(found.length).as(what).isEqualTo(specimen.outputs().length);
        double largest = 1;
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(specimen.outputs()[i]));
            worst = Math.max(worst, Math.abs(specimen.outputs()[i] - found[i]));
        }
        assertThat(worst / largest).as(what).isLessThanOrEqualTo(TOLERANCE);
    }

    private static byte[] function(Specimen specimen, int opset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxFunctionWriter.write(specimen.weights(), opset, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17, 18, 21, 26})
    void operatorsAndFunctionComputeTheProgram(int opset) throws Exception {
        for (Map.Entry<String, LayerProgram> each : programs().entrySet()) {
            Specimen specimen = specimen(each.getKey(), each.getValue(), 3, new Shape(6, 4, 5));
            String what = each.getKey() + ", opset " + opset;
            check(what, specimen, OnnxRuntime.model(specimen, new OnnxOptions(opset, false)));
            if (opset >= OnnxFunctionWriter.LOWEST_OPSET) {
                check(what + ", function", specimen, function(specimen, opset));
            }
        }
    }

    /** The batch is whatever comes, and a map may have one position. */
    @Test
    void oneModelTakesEveryBatch() throws Exception {
        for (Map.Entry<String, LayerProgram> each : ReadyLayers.all().entrySet()) {
            for (Shape shape : List.of(new Shape(64, 3, 2), new Shape(1, 2, 2), new Shape(5, 1, 1))) {
                Specimen one = specimen(each.getKey(), each.getValue(), 1, shape);
                byte[] model = OnnxRuntime.model(one, OnnxOptions.DEFAULT);
                check(each.getKey() + " on " + shape, one, model);
                Specimen four = specimen(each.getKey(), each.getValue(), 4, shape);
                Specimen more = new Specimen(
                        four.name(),
                        four.network(),
                        one.weights(),
                        four.images(),
                        reference(each.getValue(), one.weights(), 4, shape, four.images()));
                check(each.getKey() + " on four of " + shape, more, model);
                check(each.getKey() + " as a function", more, function(one, 21));
            }
        }
    }

    /** Where nothing can be too small, nothing guards it. */
    @Test
    void readsAsIfWrittenByHand() throws Exception {
        Specimen specimen = specimen("s0", SamplePrograms.published().get("evonorm-s0"), 1, new Shape(8, 2, 2));
        ModelProto model = ModelProto.parseFrom(OnnxRuntime.model(specimen, OnnxOptions.DEFAULT));
        assertThat(model.getGraph().getNodeList().stream().map(NodeProto::getOpType))
                .containsExactly(
                        "Mul", "Sigmoid", "Mul", "Reshape", "ReduceMean", "Sub", "Mul", "ReduceMean", "Expand", "Reshape",
                        "Add", "Sqrt", "Div", "Mul", "Add", "Identity");
        ModelProto whole = ModelProto.parseFrom(function(specimen, 21));
        assertThat(whole.getFunctions(0).getInputList()).containsExactly("x", "v1", "scale", "shift");
        assertThat(whole.getGraph().getNodeList()).singleElement().satisfies(node -> assertThat(node.getInputList())
                .containsExactly("images", "layer.v1", "layer.scale", "layer.shift"));
    }

    /** Our own reader knows no functions, and says so. */
    @Test
    void aFunctionIsRefusedByName(@TempDir Path directory) throws Exception {
        Specimen specimen = specimen("s0", SamplePrograms.published().get("evonorm-s0"), 1, new Shape(8, 2, 2));
        Path file = directory.resolve("layer.onnx");
        try (OutputStream out = Files.newOutputStream(file)) {
            OnnxFunctionWriter.write(specimen.weights(), 21, out);
        }
        assertThatThrownBy(() -> OnnxReader.read(file, OnnxLimits.DEFAULT))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("'Layer' cannot be read");
    }

    @Test
    void refusesWhatIsNoLayerAndSetsWithoutFunctions() {
        Network.Builder builder = new Network.Builder(new Shape(2, 2, 2));
        builder.add("relu", Layer.Activation.RELU, 0);
        Weights other = Weights.initial(builder.build(), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxFunctionWriter.write(other, 21, OutputStream.nullOutputStream()))
                .withMessageContaining("one layer program");
        Specimen specimen = specimen("s0", SamplePrograms.published().get("evonorm-s0"), 1, new Shape(8, 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> function(specimen, 14))
                .withMessage("functions begin with opset 15, so it cannot be 14");
    }
}
