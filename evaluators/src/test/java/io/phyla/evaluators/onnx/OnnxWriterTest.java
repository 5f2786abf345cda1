package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.export.EveryLayer;
import io.phyla.evaluators.export.Specimen;
import io.phyla.evaluators.export.Zoo;
import io.phyla.evaluators.training.Networks;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that are written, and what ONNX Runtime makes of them. */
class OnnxWriterTest {

    private static final List<Specimen> LAYERS = EveryLayer.specimens().toList();

    /** Those between which a writer has to choose other operators. */
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 17, 18, 20, 21, 26})
    void everyLayerGivesTheSameOutputs(int opset) throws Exception {
        for (Specimen specimen : LAYERS) {
            OnnxRuntime.check(specimen, new OnnxOptions(opset, false));
        }
    }

    @Test
    void theZooGivesTheSameOutputs() throws Exception {
        for (Specimen specimen : (Iterable<Specimen>) Zoo.specimens()::iterator) {
            OnnxRuntime.check(specimen, new OnnxOptions(21, false));
            OnnxRuntime.check(specimen, new OnnxOptions(13, true));
        }
    }

    @Test
    @Tag("slow")
    void theZooGivesTheSameOutputsForWholeImages() throws Exception {
        for (Specimen specimen : (Iterable<Specimen>) Zoo.large()::iterator) {
            OnnxRuntime.check(specimen, new OnnxOptions(21, false));
            OnnxRuntime.check(specimen, new OnnxOptions(21, true));
        }
    }

    /** Of five normalisations two are kept: one whose convolution is read twice, one that follows a sum. */
    @ParameterizedTest
    @CsvSource({"false,5", "true,2"})
    void foldsNormalisationsWhereNothingElseReadsTheLayerBefore(boolean fold, int kept) throws Exception {
        Specimen specimen = specimen(EveryLayer.networks().get("folds"));
        OnnxOptions options = new OnnxOptions(21, fold);
        ModelProto model = ModelProto.parseFrom(OnnxRuntime.model(specimen, options));
        assertThat(operators(model))
                .filteredOn("BatchNormalization"::equals)
                .hasSize(kept);
        OnnxRuntime.check(specimen, options);
    }

    /** With neither variance nor epsilon the factor is infinite, which no weight can hold. */
    @Test
    void keepsANormalisationThatWouldMakeWeightsInfinite() throws Exception {
        Network.Builder builder = new Network.Builder(new Shape(2, 3, 3));
        int convolution = builder.add("convolution", Layer.Convolution.of(2, 1, 1, 0), 0);
        builder.add("norm", new Layer.BatchNormalization(0, 0.1), convolution);
        Network network = builder.build();
        Weights weights = Weights.of(network, name -> new float[name.tensor().size()]);
        assertThat(operators(read(network, weights, new OnnxOptions(21, true))))
                .containsExactly("Conv", "BatchNormalization");
    }

    @Test
    void saysWhatItIsAndWhoMadeIt() throws IOException {
        Network network = Networks.small(12);
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put("search", "s-1");
        metadata.put("candidate", "42");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxWriter.write(network, Weights.initial(network, 1), OnnxOptions.DEFAULT, metadata, out);
        ModelProto model = ModelProto.parseFrom(out.toByteArray());
        assertThat(model.getProducerName()).isEqualTo("Phyla");
        assertThat(model.getProducerVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(model.getIrVersion()).isEqualTo(10);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(21);
        assertThat(model.getDocString()).contains("3x16x16 to 12x1x1").contains("kept");
        assertThat(model.getMetadataPropsList().stream().map(each -> each.getKey() + "=" + each.getValue()))
                .containsExactly("candidate=42", "search=s-1");
        assertThat(shape(model.getGraph().getInput(0).getType().getTensorType().getShape()))
                .isEqualTo(List.of("batch", "3", "16", "16"));
        assertThat(shape(model.getGraph().getOutput(0).getType().getTensorType().getShape()))
                .isEqualTo(List.of("batch", "12"));
    }

    @Test
    void givesTheSameBytesAgain() throws IOException {
        Specimen specimen = specimen(EveryLayer.networks().get("vectors and maps"));
        assertThat(OnnxRuntime.model(specimen, OnnxOptions.DEFAULT))
                .isEqualTo(OnnxRuntime.model(specimen, OnnxOptions.DEFAULT));
    }

    @Test
    void leavesOutWhatTheOutputDoesNotDependOn() throws IOException {
        Network network = EveryLayer.networks().get("joins");
        ModelProto model = read(network, Weights.initial(network, 1), OnnxOptions.DEFAULT);
        assertThat(model.getGraph().getInitializerList().stream().map(TensorProto::getName))
                .contains("left.weight")
                .doesNotContain("unread.weight");
    }

    /** Layers may be called anything, also like the things that the writer makes itself. */
    @Test
    void keepsNamesApart() throws Exception {
        Network.Builder builder = new Network.Builder(new Shape(4, 3, 3));
        int last = 0;
        for (String name : List.of("", "images", "output", "output_2", "a.weight", "a", "a/gate", "\u00e4 \ud83d\ude00\n")) {
            last = builder.add(name, Layer.Convolution.of(4, 1, 1, 0), last);
        }
        last = builder.add("a/root", new Layer.Activation(Layer.Activation.Function.GELU), last);
        builder.add("a/root/one", new Layer.Activation(Layer.Activation.Function.GELU), last);
        OnnxRuntime.check(specimen(builder.build()), new OnnxOptions(17, false));
    }

    @Test
    void zerosAreZerosEvenOfInfiniteValues() throws Exception {
        Network.Builder builder = new Network.Builder(new Shape(1, 2, 2));
        builder.add("zero", new Layer.Zero(), 0);
        Network network = builder.build();
        float[] images = {Float.POSITIVE_INFINITY, Float.NaN, -1, Float.NEGATIVE_INFINITY};
        Specimen specimen = new Specimen("zero", network, Weights.initial(network, 1), images, new double[4]);
        OnnxRuntime.check(specimen, OnnxOptions.DEFAULT);
    }

    /** Three layers of 200 million weights each, which share one array. */
    @Test
    void refusesWhatAnOnnxFileCannotHold() {
        Network.Builder builder = new Network.Builder(new Shape(14_000, 1, 1));
        int last = builder.add("first", new Layer.Linear(14_000, false), 0);
        last = builder.add("second", new Layer.Linear(14_000, false), last);
        builder.add("third", new Layer.Linear(14_000, false), last);
        Network network = builder.build();
        float[] shared = new float[14_000 * 14_000];
        OutputStream out = new OutputStream() {
            @Override
            public void write(int written) {
                throw new AssertionError("a byte was written");
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxWriter.write(network, Weights.of(network, _ -> shared), OnnxOptions.DEFAULT, out))
                .withMessageContaining("less than 2 GiB")
                .withMessageContaining("2352000");
    }

    @Test
    void isReadWithItsDefaults() throws IOException {
        List<Problem> problems = new ArrayList<>();
        assertThat(RecordReader.read(Json.MAPPER.readTree("{}"), OnnxOptions.class, "", problems))
                .isEqualTo(OnnxOptions.DEFAULT);
        assertThat(RecordReader.read(
                        Json.MAPPER.readTree("{\"opset\":13,\"fold_batch_norm\":true}"), OnnxOptions.class, "", problems))
                .isEqualTo(new OnnxOptions(13, true));
        assertThat(problems).isEmpty();
        assertThat(RecordReader.read(Json.MAPPER.readTree("{\"opset\":27}"), OnnxOptions.class, "", problems))
                .isNull();
        assertThat(problems).containsExactly(new Problem("/opset", "must be at most 26, not 27"));
    }

    @ParameterizedTest
    @CsvSource({"13,7", "14,7", "15,8", "18,8", "19,9", "20,9", "21,10", "22,10", "23,11", "24,12", "25,13", "26,13"})
    void hasTheFileFormatOfItsOperatorSet(int opset, int version) {
        assertThat(new OnnxOptions(opset, false).irVersion()).isEqualTo(version);
    }

    @Test
    void refusesAnOperatorSetThatItDoesNotWrite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OnnxOptions(12, false))
                .withMessage("the opset must be from 13 to 26, not 12");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() {
        Weights weights = Weights.initial(Networks.small(10), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxWriter.write(
                        Networks.small(12), weights, OnnxOptions.DEFAULT, OutputStream.nullOutputStream()))
                .withMessageContaining("another network");
    }

    private static Specimen specimen(Network network) {
        try (Plan plan = Plan.compile(network, 2, 1L << 28)) {
            return Specimen.of("network", network, plan, 3);
        }
    }

    private static ModelProto read(Network network, Weights weights, OnnxOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxWriter.write(network, weights, options, out);
        return ModelProto.parseFrom(out.toByteArray());
    }

    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    private static List<String> shape(TensorShapeProto shape) {
        return shape.getDimList().stream()
                .map(each -> each.hasDimParam() ? each.getDimParam() : Long.toString(each.getDimValue()))
                .toList();
    }
}
