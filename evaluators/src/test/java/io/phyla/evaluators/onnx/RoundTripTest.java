package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.RandomNetworks;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Closeness;
import io.phyla.evaluators.export.EveryLayer;
import io.phyla.evaluators.export.SamplePrograms;
import io.phyla.evaluators.export.Specimen;
import io.phyla.evaluators.export.Zoo;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again and computes the same. */
class RoundTripTest {

    private static final int BATCH = 2;
    private static final double MOSTLY = 95;

    /** A few of a thousand are refused: where a flattened map meets attention, or one channel's factors meet a clip. */
    @Property(tries = 100)
    void randomNetworks(
            @ForAll @IntRange(min = OnnxOptions.LOWEST_OPSET, max = OnnxOptions.HIGHEST_OPSET) int opset,
            @ForAll long seed,
            @ForAll boolean folded)
            throws Exception {
        Network network = RandomNetworks.of(seed);
        try (ReferenceExecution reference = new ReferenceExecution(network, BATCH)) {
            check(Specimen.of("random " + seed, network, reference, seed), new OnnxOptions(opset, folded));
            Statistics.collect("read");
        } catch (OnnxException refused) {
            Statistics.collect("refused");
        }
        Statistics.coverage(coverage -> coverage.check("read").percentage(percent -> percent >= MOSTLY));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 21})
    void everyLayer(int opset) throws Exception {
        for (Specimen specimen : (Iterable<Specimen>) EveryLayer.specimens()::iterator) {
            boolean program = specimen.network().nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Program);
            try {
                check(specimen, new OnnxOptions(opset, false));
            } catch (OnnxException refused) {
                assertThat(program).as(specimen.name() + ": " + refused.getMessage()).isTrue();
            }
        }
    }

    /** A program is written as operators that are no layers: what reads as some is right, and what does not is refused. */
    @Test
    void programsAreReadRightOrNotAtAll() throws Exception {
        int refused = 0;
        for (LayerProgram program : (Iterable<LayerProgram>) SamplePrograms.random(60)::iterator) {
            Network.Builder builder = new Network.Builder(new Shape(6, 3, 4));
            builder.add("layer", new Layer.Program(program), 0);
            Network network = builder.build();
            try (Plan plan = Plan.compile(network, BATCH, 1L << 26)) {
                check(Specimen.of(program.toString(), network, plan, 7), new OnnxOptions(21, false));
            } catch (OnnxException e) {
                assertThat(e.faults()).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** To the bit while normalisations are kept; folded, as close as any other program has to come. */
    @Test
    void theZoo() throws Exception {
        for (Specimen specimen : (Iterable<Specimen>) Zoo.specimens()::iterator) {
            assertThat(outputs(specimen, new OnnxOptions(21, false)))
                    .as(specimen.name())
                    .isEqualTo(specimen.outputs());
            check(specimen, new OnnxOptions(13, true));
        }
    }

    private static void check(Specimen specimen, OnnxOptions options) throws Exception {
        String what = specimen.name() + ", " + options;
        Closeness.check(what, specimen.outputs(), Weights.floats(outputs(specimen, options)));
    }

    private static double[] outputs(Specimen specimen, OnnxOptions options) throws Exception {
        Path file = Files.createTempFile("round-trip", ".onnx");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                OnnxWriter.write(specimen.network(), specimen.weights(), options, out);
            }
            OnnxModel model = OnnxReader.read(file, OnnxLimits.DEFAULT);
            long batch = specimen.images().length / specimen.network().input().elements();
            return Judge.ours(model.weights(), Math.toIntExact(batch), specimen.images());
        } finally {
            Files.delete(file);
        }
    }
}
