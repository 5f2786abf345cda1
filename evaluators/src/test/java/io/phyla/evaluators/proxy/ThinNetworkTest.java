package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import org.junit.jupiter.api.Test;

class ThinNetworkTest {

    /** A cell of one stage on one channel: the stem, three convolutions of the cell, nothing of the stages behind. */
    @Test
    void aCellKeepsItsFirstStage() {
        Network wide = Cells.network(
                "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|avg_pool_3x3~1|nor_conv_3x3~2|", 16, 1, 32);
        Network thin = ThinNetwork.of(wide, 3).orElseThrow();
        assertThat(thin.input()).isEqualTo(new Shape(1, 3, 3));
        assertThat(thin.shapes()).containsOnly(new Shape(1, 3, 3));
        assertThat(thin.nodes())
                .filteredOn(node -> node.layer() instanceof Layer.Convolution)
                .hasSize(4);
    }

    @Test
    void groupsAndDepthSurvive() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int stem = builder.add("stem", Layer.Convolution.of(16, 3, 1, 1), 0);
        int wide = builder.add("wide", Layer.Convolution.of(48, 1, 1, 0), stem);
        int depthwise = builder.add("depthwise", new Layer.Convolution(96, 3, 1, 1, 1, 48, false), wide);
        int grouped = builder.add("grouped", new Layer.Convolution(64, 1, 1, 0, 1, 4, true), depthwise);
        int halved = builder.add("halved", Layer.Convolution.of(8, 3, 2, 1), grouped);
        builder.add("classifier", new Layer.Linear(10, true), halved);
        Network thin = ThinNetwork.of(builder.build(), 3).orElseThrow();
        assertThat(thin.nodes().stream().map(Network.Node::layer).skip(1))
                .containsExactly(
                        Layer.Convolution.of(1, 3, 1, 1),
                        Layer.Convolution.of(3, 1, 1, 0),
                        new Layer.Convolution(6, 3, 1, 1, 1, 3, false),
                        new Layer.Convolution(4, 1, 1, 0, 1, 2, true));
    }

    @Test
    void nothingIsLeftWhereTheFirstLayerHalves() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        builder.add("stem", Layer.Convolution.of(16, 3, 2, 1), 0);
        assertThat(ThinNetwork.of(builder.build(), 3)).isEmpty();
    }

    /** One channel has not the four that a square of pixels is made of. */
    @Test
    void nothingIsLeftWhereALayerNeedsItsChannels() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int stem = builder.add("stem", Layer.Convolution.of(16, 3, 1, 1), 0);
        builder.add("shuffle", new Layer.PixelShuffle(2), stem);
        assertThat(ThinNetwork.of(builder.build(), 3)).isEmpty();
    }
}
