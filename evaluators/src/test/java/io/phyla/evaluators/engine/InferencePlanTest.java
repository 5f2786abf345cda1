package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.zoo.ResNet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A plan that only infers says what the whole one says, in less memory. */
class InferencePlanTest {

    private static final long BYTES = 1L << 30;

    @Property(tries = 100)
    void infersTheSameBits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int batch) {
        Network network = RandomNetworks.of(seed);
        SplittableRandom random = new SplittableRandom(seed);
        float[] images = new float[Math.toIntExact(batch * network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        try (Plan whole = Plan.compile(network, batch, BYTES);
                Plan inference = Plan.compileForInference(network, batch, BYTES)) {
            assertThat(inference.bytes()).isLessThanOrEqualTo(whole.bytes());
            Weights weights = Weights.initial(network, seed);
            for (Plan plan : new Plan[] {whole, inference}) {
                weights.load(plan);
                plan.input(images);
                plan.forward(Mode.INFERENCE);
            }
            assertThat(inference.output()).isEqualTo(whole.output());
            for (int node = 0; node < network.nodes().size(); node++) {
                assertThat(inference.values(node)).isEqualTo(whole.values(node));
            }
        }
    }

    /** Two rectifiers of one value run once; whoever asks for the second finds it, whatever was made since the first was read. */
    @Test
    void aTwinIsThereInItsTime() {
        Network.Builder builder = new Network.Builder(new Shape(4, 8, 8));
        int value = builder.add("value", Layer.Convolution.of(4, 3, 1, 1), 0);
        int first = builder.add("first", Layer.Activation.RELU, value);
        int last = builder.add("reader", Layer.Convolution.of(4, 3, 1, 1), first);
        for (int i = 0; i < 3; i++) {
            last = builder.add("more" + i, Layer.Convolution.of(4, 3, 1, 1), last);
        }
        int twin = builder.add("twin", Layer.Activation.RELU, value);
        builder.add("output", Layer.Convolution.of(4, 3, 1, 1), last);
        Network network = builder.build();
        try (Plan plan = Plan.compileForInference(network, 2, BYTES)) {
            Weights.initial(network, 1).load(plan);
            float[] images = new float[2 * 4 * 8 * 8];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) Math.sin(i);
            }
            plan.input(images);
            plan.forward(Mode.INFERENCE);
            assertThat(plan.values(twin)).isEqualTo(plan.values(first)).contains(0.0);
            assertThat(Comparison.largest(plan.values(first))).isPositive();
        }
    }

    @Test
    void takesMuchLess() {
        Network network = ResNet.ofDepth(20, 10);
        try (Plan plan = Plan.compileForInference(network, 16, BYTES)) {
            assertThat(plan.bytes()).isLessThan(Plan.bytes(network, 16) / 2);
        }
    }

    @Test
    void runsInNoOtherMode() {
        try (Plan plan = Plan.compileForInference(ResNet.ofDepth(8, 10), 2, BYTES)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.forward(Mode.TRAINING))
                    .withMessageContaining("INFERENCE alone");
        }
    }
}
