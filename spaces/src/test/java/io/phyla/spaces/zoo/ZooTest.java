package io.phyla.spaces.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zoo against the sizes its papers print. */
class ZooTest {

    /** He et al., table 6, in millions; its shortcuts are free of parameters, ours add one to three thousand. */
    @ParameterizedTest
    @CsvSource({"20,0.27", "32,0.46", "44,0.66", "56,0.85", "110,1.7"})
    void residualNetworksHaveThePapersSizes(int depth, double millions) {
        Network network = ResNet.ofDepth(depth, 10);
        NetworkCost cost = NetworkCost.of(network);
        assertThat(cost.params() / 1e6).isCloseTo(millions, within(0.035 * millions));
        assertThat(cost.depth()).isEqualTo(depth);
        assertThat(network.output()).isEqualTo(new Shape(10, 1, 1));
    }

    /** Layer by layer: 432 + 32, blocks of 2 * 9 c^2 + 4c, two reductions with their projections, 650 at the end. */
    @Test
    void residualNetworkOfTwentyLayersToTheParameter() {
        long stem = 432 + 32;
        long first = 3 * (2 * 9 * 16 * 16 + 4 * 16);
        long second = 9 * 16 * 32 + 9 * 32 * 32 + 16 * 32 + 6 * 32 + 2 * (2 * 9 * 32 * 32 + 4 * 32);
        long third = 9 * 32 * 64 + 9 * 64 * 64 + 32 * 64 + 6 * 64 + 2 * (2 * 9 * 64 * 64 + 4 * 64);
        assertThat(NetworkCost.of(ResNet.ofDepth(20, 10)).params()).isEqualTo(stem + first + second + third + 650);
    }

    @Test
    void refusesADepthThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResNet.ofDepth(18, 10))
                .withMessageContaining("6n + 2")
                .withMessageContaining("18");
    }

    /**
     * The authors' table of released networks, in millions; it leaves normalisation out. Width 1 are the 3.4 M parameters and
     * 300 M multiply-adds of Sandler et al., table 4.
     */
    @ParameterizedTest
    @CsvSource({"0.35,1.66,59", "0.5,1.95,97", "0.75,2.61,209", "1.0,3.47,300", "1.4,6.06,582"})
    void mobileNetworksHaveThePublishedSizes(double width, double params, double macs) {
        Network network = MobileNetV2.forLargeImages(width).build();
        long counted = 0;
        for (int node = 0; node < network.nodes().size(); node++) {
            if (!(network.nodes().get(node).layer() instanceof Layer.BatchNormalization)) {
                counted += NetworkCost.params(network, node);
            }
        }
        assertThat(counted / 1e6).isCloseTo(params, within(0.01 * params));
        assertThat(NetworkCost.of(network).macs() / 1e6).isCloseTo(macs, within(0.01 * macs));
    }

    @Test
    void mobileNetworkOfWidthOneToTheParameter() {
        assertThat(NetworkCost.of(MobileNetV2.forLargeImages(1).build()).params())
                .isEqualTo(3_504_872);
    }

    @Test
    void smallImagesKeepEnoughPixels() {
        Network network = MobileNetV2.forSmallImages(1, 10)
                .withActivation(Layer.Activation.Function.RELU)
                .build();
        int pool = network.nodes().size() - 2;
        int pooled = network.nodes().get(pool).inputs().getFirst();
        assertThat(network.shapes().get(pooled)).isEqualTo(new Shape(1280, 4, 4));
        assertThat(network.nodes().stream().map(Network.Node::layer))
                .contains(Layer.Activation.RELU)
                .doesNotContain(new Layer.Activation(Layer.Activation.Function.RELU6));
    }

    /** Parameters and multiply-adds of the models that torchvision distributes. */
    @ParameterizedTest
    @CsvSource({
        "18,11689512,1.814",
        "34,21797672,3.664",
        "50,25557032,4.089",
        "101,44549160,7.801",
        "152,60192808,11.514"
    })
    void residualNetworksForLargeImagesHaveThePublishedSizes(int depth, long params, double billions) {
        Network network =
                ImageNetResNet.ofDepth(depth, new Shape(3, 224, 224), 1000).build();
        NetworkCost cost = NetworkCost.of(network);
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs() / 1e9).isCloseTo(billions, within(0.001));
    }

    @Test
    void refusesADepthThatIsNotInTheTable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageNetResNet.ofDepth(20, new Shape(3, 224, 224), 1000))
                .withMessage("the depth must be 18, 34, 50, 101 or 152, not 20");
    }

    /** The largest and the smallest sub-network as the authors' code counts them; ours counts a bias per class, too. */
    @ParameterizedTest
    @CsvSource({"7,6,4,7664760,566170656", "3,3,2,3410792,121278672"})
    void onceForAllNetworksHaveThePublishedSizes(int kernel, int expansion, int depth, long params, long macs) {
        NetworkCost cost = NetworkCost.of(OfaMobileNetV3.uniform(new Shape(3, 224, 224), 1000, kernel, expansion, depth)
                .build());
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs()).isEqualTo(macs + 1000);
    }

    @Test
    void refusesAKernelThatHasNoCentre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OfaMobileNetV3.Block(4, 3))
                .withMessageContaining("odd kernel");
    }
}
