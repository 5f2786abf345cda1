package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.zoo.EfficientNet;
import io.phyla.spaces.zoo.ImageNetResNet;
import io.phyla.spaces.zoo.MiniatureNetwork;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.PreActivationResNet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every published layer in every network that layers are judged in, at full size and in miniature. */
class AnchorPlacementTest {

    /** Networks with the places of activated and of bare normalisations that their papers' tables give. */
    private static final Map<Network, int[]> ANCHORS = anchors();

    private static Map<Network, int[]> anchors() {
        Map<Network, int[]> anchors = new LinkedHashMap<>();
        anchors.put(PreActivationResNet.forLargeImages(50).build(), new int[] {49, 0});
        // A stem, 17 blocks, the first without expansion, and a last convolution.
        anchors.put(MobileNetV2.forLargeImages(1).build(), new int[] {1 + 33 + 1, 17});
        anchors.put(EfficientNet.forLargeImages(0).build(), new int[] {1 + 31 + 1, 16});
        anchors.put(ImageNetResNet.ofDepth(50, new Shape(3, 224, 224), 1000).build(), new int[] {1 + 32, 16 + 4});
        anchors.put(PreActivationResNet.miniature(0.125, 0.25, 16, 12).build(), new int[] {16, 0});
        anchors.put(MobileNetV2.miniature(0.25, 0.25, 16, 12).build(), new int[] {1 + 13 + 1, 7});
        anchors.put(EfficientNet.miniature(0.25, 0.25, 16, 12).build(), new int[] {1 + 13 + 1, 7});
        anchors.put(MiniatureNetwork.plain(8, 8, 12).build(), new int[] {4, 0});
        anchors.put(MiniatureNetwork.residual(8, 8, 12).build(), new int[] {4, 0});
        return anchors;
    }

    @Test
    void everyPublishedLayerStandsInEveryAnchor() {
        ANCHORS.forEach((network, places) -> ReadyLayers.all().forEach((name, program) -> {
            Network placed = Placement.place(network, program);
            assertThat(placed.output()).isEqualTo(network.output());
            long programs = count(placed, new Layer.Program(program.pruned()));
            long scalings = count(placed, new Layer.Program(LayerProgram.scaling()));
            long normalisations = placed.nodes().stream()
                    .filter(node -> Readers.normalises(node.layer()))
                    .count();
            if (KnownKernels.of(program).isPresent()) {
                assertThat(new long[] {programs, scalings, normalisations})
                        .as("%s in %s", name, network)
                        .containsExactly(0, 0, places[0] + places[1]);
            } else {
                assertThat(new long[] {programs, scalings, normalisations})
                        .as("%s in %s", name, network)
                        .containsExactly(places[0], places[1], 0);
            }
        }));
    }

    /** What is not of the layer is the same: convolutions, and the classifier. */
    @Test
    void onlyTheLayersNumbersChange() {
        ANCHORS.forEach((network, _) -> ReadyLayers.all().forEach((name, program) -> {
            Network placed = Placement.place(network, program);
            assertThat(weighted(placed)).as("%s in %s", name, network).isEqualTo(weighted(network));
            assertThat(NetworkCost.of(placed).macs())
                    .isEqualTo(NetworkCost.of(network).macs());
        }));
    }

    private static long weighted(Network network) {
        long sum = 0;
        for (int node = 0; node < network.nodes().size(); node++) {
            Layer layer = network.nodes().get(node).layer();
            sum += layer instanceof Layer.Convolution || layer instanceof Layer.Linear
                    ? NetworkCost.params(network, node)
                    : 0;
        }
        return sum;
    }

    private static long count(Network network, Layer layer) {
        return network.nodes().stream()
                .filter(node -> node.layer().equals(layer))
                .count();
    }
}
