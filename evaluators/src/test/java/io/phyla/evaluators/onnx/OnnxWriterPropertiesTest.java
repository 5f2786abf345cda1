package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.RandomNetworks;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Closeness;
import io.phyla.evaluators.export.Specimens;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** ONNX Runtime computes what we compute, whatever the network. */
class OnnxWriterPropertiesTest {

    private static final int BATCH = 2;

    @Property(tries = 100)
    void randomNetworksGiveTheSameOutputs(@ForAll long seed) throws Exception {
        Network network = RandomNetworks.of(seed);
        check(network, seed, new OnnxOptions(21, false));
        check(network, seed, new OnnxOptions(21, true));
    }

    @Property(tries = 25)
    void atEveryOperatorSet(
            @ForAll @LongRange(min = OnnxOptions.LOWEST_OPSET, max = OnnxOptions.HIGHEST_OPSET) long opset,
            @ForAll long seed,
            @ForAll boolean folded)
            throws Exception {
        check(RandomNetworks.of(seed), seed, new OnnxOptions((int) opset, folded));
    }

    private static void check(Network network, long seed, OnnxOptions options) throws Exception {
        Weights weights = Specimens.weights(network, seed);
        float[] images = Specimens.images(network, BATCH, seed);
        byte[] model = OnnxRuntime.model(network, weights, options);
        try (ReferenceExecution reference = new ReferenceExecution(network, BATCH)) {
            double[] expected = Specimens.outputs(reference, weights, images);
            Closeness.check(options.toString(), expected, OnnxRuntime.run(model, network.input(), images));
        }
    }
}
