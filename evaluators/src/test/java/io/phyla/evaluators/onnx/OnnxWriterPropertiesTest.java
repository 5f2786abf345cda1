package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.RandomNetworks;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Specimen;
import io.phyla.spaces.design.Network;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** ONNX Runtime computes what we compute, whatever the network. */
class OnnxWriterPropertiesTest {

    private static final int BATCH = 2;

    @Property(tries = 100)
    void randomNetworksGiveTheSameOutputs(@ForAll long seed) throws Exception {
        Specimen specimen = specimen(seed);
        OnnxRuntime.check(specimen, new OnnxOptions(21, false));
        OnnxRuntime.check(specimen, new OnnxOptions(21, true));
    }

    @Property(tries = 50)
    void atEveryOperatorSet(
            @ForAll @IntRange(min = OnnxOptions.LOWEST_OPSET, max = OnnxOptions.HIGHEST_OPSET) int opset,
            @ForAll long seed,
            @ForAll boolean folded)
            throws Exception {
        OnnxRuntime.check(specimen(seed), new OnnxOptions(opset, folded));
    }

    private static Specimen specimen(long seed) {
        Network network = RandomNetworks.of(seed);
        try (ReferenceExecution reference = new ReferenceExecution(network, BATCH)) {
            return Specimen.of("random " + seed, network, reference, seed);
        }
    }
}
