package io.phyla.spaces.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that layers are judged in, at the published sizes and in miniature. */
class AnchorsTest {

    /** resnetv2_50 and resnetv2_101 as timm distributes them, which builds its shortcuts and its end as we do. */
    @ParameterizedTest
    @CsvSource({"50,25549352", "101,44541480"})
    void preActivationNetworksHaveThePublishedSizes(int depth, long params) {
        Network network = PreActivationResNet.forLargeImages(depth).build();
        assertThat(NetworkCost.of(network).params()).isEqualTo(params);
        assertThat(NetworkCost.of(network).depth()).isEqualTo(depth);
    }

    /** He et al., ECCV 2016, tables 2 and 4: both have 1.7 M parameters. */
    @ParameterizedTest
    @CsvSource({"110", "164"})
    void smallPreActivationNetworksHaveThePapersSizes(int depth) {
        Network network = PreActivationResNet.forSmallImages(depth, 10).build();
        assertThat(NetworkCost.of(network).params() / 1e6).isCloseTo(1.7, within(0.04));
        assertThat(NetworkCost.of(network).depth()).isEqualTo(depth);
        assertThat(beforePooling(network)).extracting(Shape::height).isEqualTo(8);
    }

    /** As torchvision counts its EfficientNets. */
    @ParameterizedTest
    @CsvSource({
        "0,5288548",
        "1,7794184",
        "2,9109994",
        "3,12233232",
        "4,19341616",
        "5,30389784",
        "6,43040704",
        "7,66347960"
    })
    void efficientNetworksHaveThePublishedSizes(int number, long params) {
        assertThat(NetworkCost.of(EfficientNet.forLargeImages(number).build()).params())
                .isEqualTo(params);
    }

    /** Tan and Le's 0.39 billion multiply-adds of B0. */
    @Test
    void theSmallestEfficientNetworkHasThePapersOperations() {
        assertThat(NetworkCost.of(EfficientNet.forLargeImages(0).build()).macs() / 1e9)
                .isCloseTo(0.39, within(0.006));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void miniaturesDivideTheSidesByEight(int resolution) {
        for (Network network : List.of(
                PreActivationResNet.miniature(0.25, 1, resolution, 12).build(),
                MobileNetV2.miniature(0.5, 1, resolution, 12).build(),
                EfficientNet.miniature(0.5, 1, resolution, 12).build())) {
            assertThat(beforePooling(network).height()).isEqualTo(resolution / 8);
            assertThat(network.output()).isEqualTo(new Shape(12, 1, 1));
        }
    }

    /** Depth is untouched where it is said to be, and as low as it goes where it is not. */
    @Test
    void depthMultipliesBlocks() {
        assertThat(NetworkCost.of(PreActivationResNet.miniature(0.25, 1, 32, 10).build())
                        .depth())
                .isEqualTo(50);
        assertThat(PreActivationResNet.miniature(0.25, 0.25, 32, 10).repeats()).containsExactly(1, 1, 2, 1);
        assertThat(blocks(MobileNetV2.miniature(0.5, 1, 32, 10).build())).isEqualTo(17);
        assertThat(blocks(MobileNetV2.miniature(0.5, 0.25, 32, 10).build())).isEqualTo(7);
        assertThat(blocks(EfficientNet.miniature(0.5, 1, 32, 10).build())).isEqualTo(16);
        assertThat(blocks(EfficientNet.miniature(0.5, 0.25, 32, 10).build())).isEqualTo(7);
    }

    @Test
    void widthMultipliesChannels() {
        assertThat(PreActivationResNet.miniature(0.25, 1, 32, 10).channels()).isEqualTo(16);
        assertThat(beforePooling(MobileNetV2.miniature(0.5, 1, 32, 10).build()).channels())
                .isEqualTo(640);
        assertThat(beforePooling(EfficientNet.miniature(0.5, 1, 32, 10).build()).channels())
                .isEqualTo(640);
    }

    @Test
    void theSmallestHaveFourConvolutionsAndFourPlaces() {
        for (MiniatureNetwork.Kind kind : MiniatureNetwork.Kind.values()) {
            Network network = new MiniatureNetwork(kind, new Shape(3, 32, 32), 12, 8, 2).build();
            assertThat(NetworkCost.of(network).depth()).isEqualTo(5);
            assertThat(count(network, Layer.BatchNormalization.class)).isEqualTo(4);
            assertThat(count(network, Layer.Activation.class)).isEqualTo(4);
            assertThat(network.output()).isEqualTo(new Shape(12, 1, 1));
        }
        assertThat(beforePooling(MiniatureNetwork.plain(8, 8, 8).build())).isEqualTo(new Shape(8, 2, 2));
        assertThat(beforePooling(MiniatureNetwork.residual(8, 8, 8).build())).isEqualTo(new Shape(8, 4, 4));
    }

    @Test
    void everyNetworkHasAName() {
        assertThat(Zoo.names()).contains("resnet20", "efficientnet_b0", "imagenet_efficientnet_b7", "miniature_plain");
        for (String name : Zoo.names()) {
            Network network = Zoo.network(name, null);
            int classes = name.startsWith("imagenet_") ? 1000 : name.startsWith("miniature_") ? 12 : 10;
            assertThat(network.output()).as(name).isEqualTo(new Shape(classes, 1, 1));
            assertThat(Zoo.network(name, 7).output()).as(name).isEqualTo(new Shape(7, 1, 1));
        }
        assertThat(Zoo.network("resnet20", null)).isEqualTo(ResNet.ofDepth(20, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zoo.network("resnet21", null))
                .withMessageContaining("did you mean 'resnet20'");
    }

    @Test
    void saysWhatWouldBeRight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PreActivationResNet.forSmallImages(165, 10))
                .withMessageContaining("9n + 2 from 164 on, not 165");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EfficientNet.forLargeImages(8))
                .withMessage("there are B0 to B7, not B8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MobileNetV2.miniature(0, 1, 32, 10))
                .withMessageContaining("the width is a factor above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EfficientNet.miniature(1, Double.NaN, 32, 10))
                .withMessageContaining("the depth is a factor above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MiniatureNetwork.plain(0, 8, 8))
                .withMessageContaining("at least one channel");
    }

    private static Shape beforePooling(Network network) {
        int pool = network.nodes().stream().map(Network.Node::name).toList().indexOf("head.pool");
        return network.shapes().get(network.nodes().get(pool).inputs().getFirst());
    }

    private static long blocks(Network network) {
        return network.nodes().stream()
                .filter(node -> node.name().endsWith(".project.convolution"))
                .count();
    }

    private static long count(Network network, Class<? extends Layer> type) {
        return network.nodes().stream()
                .filter(node -> type.isInstance(node.layer()))
                .count();
    }
}
