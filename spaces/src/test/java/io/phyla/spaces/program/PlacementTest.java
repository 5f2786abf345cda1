package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.zoo.EfficientNet;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.PreActivationResNet;
import io.phyla.spaces.zoo.ResNet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Network RESNET = ResNet.ofDepth(20, 10);
    private static final Layer SCALING = new Layer.Program(LayerProgram.scaling());

    @Test
    void aPairBecomesOneProgram() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int top = builder.add("stem.convolution", Layer.Convolution.of(4, 3, 1, 1), 0);
        top = builder.add("stem.norm", new Layer.BatchNormalization(1e-3, 0.01), top);
        top = builder.add("stem.relu", Layer.Activation.RELU, top);
        builder.add("head.pool", new Layer.GlobalPooling(), top);
        Network placed = Placement.place(builder.build(), Programs.evonormS0());
        assertThat(names(placed)).containsExactly("input", "stem.convolution", "stem.norm", "head.pool");
        assertThat(layer(placed, "stem.norm")).isEqualTo(new Layer.Program(Programs.evonormS0(), 0.01));
    }

    /** ResNet-20 has 10 pairs; 11 normalisations lie in front of a sum, and what is behind a sum stays. */
    @Test
    void aNormalisationWithoutActivationBecomesAScaling() {
        Network placed = Placement.place(RESNET, Programs.evonormS0());
        assertThat(count(placed, new Layer.Program(Programs.evonormS0())))
                .isEqualTo(Placement.pairs(RESNET))
                .isEqualTo(10);
        assertThat(count(placed, SCALING)).isEqualTo(11);
        assertThat(count(placed, Layer.Activation.RELU)).isEqualTo(9);
        assertThat(placed.nodes()).noneMatch(node -> Readers.normalises(node.layer()));
        assertThat(layer(placed, "stage2.block1.shortcut.norm")).isEqualTo(SCALING);
        assertThat(layer(placed, "stage2.block1.relu")).isEqualTo(Layer.Activation.RELU);
    }

    @Test
    void placedEvoNormHasTwoMoreNumbersPerChannelAndPlace() {
        Network placed = Placement.place(RESNET, Programs.evonormS0());
        // v0 and v1 in the stem and in the first convolution of every block.
        long more = 2 * (16 + 3 * (16 + 32 + 64));
        assertThat(NetworkCost.of(placed).params())
                .isEqualTo(NetworkCost.of(RESNET).params() + more);
    }

    @Test
    void equalActivationsBehindOneNormalisationBecomeOneProgram() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, 0);
        int left = builder.add("left.relu", Layer.Activation.RELU, norm);
        int right = builder.add("right.relu", Layer.Activation.RELU, norm);
        left = builder.add("left", Layer.Convolution.of(3, 3, 1, 1), left);
        builder.add("sum", new Layer.Add(), left, right);
        Network placed = Placement.place(builder.build(), Programs.evonormS0());
        assertThat(names(placed)).containsExactly("input", "norm", "left", "sum");
        assertThat(placed.nodes().getLast().inputs()).containsExactly(2, 1);
    }

    @Test
    void aNormalisationThatSomethingElseReadsIsNoPair() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int first = builder.add("first.norm", Layer.BatchNormalization.DEFAULT, 0);
        int relu = builder.add("first.relu", Layer.Activation.RELU, first);
        int sum = builder.add("sum", new Layer.Add(), first, relu);
        int second = builder.add("second.norm", new Layer.GroupNormalization(3, 1e-5), sum);
        builder.add("second.relu", new Layer.LeakyRelu(0.1), second);
        Network placed = Placement.place(builder.build(), Programs.evonormS0());
        assertThat(layer(placed, "first.norm")).isEqualTo(SCALING);
        assertThat(layer(placed, "first.relu")).isEqualTo(Layer.Activation.RELU);
        assertThat(layer(placed, "second.norm")).isEqualTo(new Layer.Program(Programs.evonormS0()));
        assertThat(placed.nodes().getLast().name()).isEqualTo("second.norm");
    }

    @Test
    void gatesStay() {
        Network network = EfficientNet.miniature(0.25, 0.25, 16, 10).build();
        Network placed = Placement.place(network, Programs.evonormS0());
        assertThat(layer(placed, "stage2.block1.excitation.gate"))
                .isEqualTo(new Layer.Activation(Layer.Activation.Function.SIGMOID));
        assertThat(layer(placed, "stage2.block1.excitation.swish"))
                .isEqualTo(new Layer.Activation(Layer.Activation.Function.SWISH));
        Network activated = Placement.activation(network, Programs.tanh());
        assertThat(layer(activated, "stage2.block1.excitation.gate"))
                .isEqualTo(new Layer.Activation(Layer.Activation.Function.SIGMOID));
        assertThat(layer(activated, "stage2.block1.excitation.swish"))
                .isEqualTo(new Layer.Activation(Layer.Activation.Function.SWISH));
    }

    @Test
    void aNormalisedGateStaysWhole() {
        Network.Builder builder = new Network.Builder(new Shape(4, 8, 8));
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, 0);
        int relu = builder.add("relu", Layer.Activation.RELU, norm);
        int inner = builder.add("gate.norm", Layer.BatchNormalization.DEFAULT, relu);
        int gate = builder.add("gate", new Layer.Activation(Layer.Activation.Function.SIGMOID), inner);
        builder.add("product", new Layer.Multiply(), relu, gate);
        Network placed = Placement.place(builder.build(), Programs.evonormS0());
        assertThat(names(placed)).containsExactly("input", "norm", "gate.norm", "gate", "product");
        assertThat(layer(placed, "gate.norm")).isEqualTo(Layer.BatchNormalization.DEFAULT);
    }

    /** What the engine has kernels for comes back as the very network that was there. */
    @Test
    void batchNormalisationWithReluIsTheOriginal() {
        assertThat(Placement.place(RESNET, Programs.normalized(Operation.Axes.BATCH)))
                .isEqualTo(RESNET);
        Network preactivated = PreActivationResNet.forLargeImages(50).build();
        assertThat(Placement.place(preactivated, Programs.normalized(Operation.Axes.BATCH)))
                .isEqualTo(preactivated);
    }

    @Test
    void otherNormalisationsWithReluAreTheEnginesToo() {
        Network network = MobileNetV2.forSmallImages(0.5, 10).build();
        assertThat(normalisations(network, Operation.Axes.GROUP))
                .contains(new Layer.GroupNormalization(32, 1e-5), new Layer.GroupNormalization(16, 1e-5));
        assertThat(normalisations(network, Operation.Axes.LAYER)).containsOnly(new Layer.GroupNormalization(1, 1e-5));
        assertThat(normalisations(network, Operation.Axes.INSTANCE))
                .containsOnly(new Layer.InstanceNormalization(1e-5));
        Network placed = Placement.place(RESNET, Programs.batchSwish());
        assertThat(layer(placed, "stem.norm")).isEqualTo(Layer.BatchNormalization.DEFAULT);
        assertThat(layer(placed, "stem.swish")).isEqualTo(new Layer.Activation(Layer.Activation.Function.SWISH));
        assertThat(layer(placed, "stage1.block1.relu")).isEqualTo(Layer.Activation.RELU);
    }

    private static List<Layer> normalisations(Network network, Operation.Axes axes) {
        Network placed = Placement.place(network, Programs.normalized(axes));
        assertThat(placed.nodes()).noneMatch(node -> node.layer() instanceof Layer.Program);
        assertThat(placed.nodes()).hasSameSizeAs(network.nodes());
        return placed.nodes().stream()
                .map(Network.Node::layer)
                .filter(Readers::normalises)
                .toList();
    }

    @Test
    void anElementwiseLayerReplacesThePairOrTheActivation() {
        Network pairs = Placement.place(RESNET, Programs.tanh());
        assertThat(pairs.nodes()).noneMatch(node -> Readers.normalises(node.layer()));
        Network activated = Placement.activation(RESNET, Programs.tanh());
        assertThat(activated.nodes()).hasSameSizeAs(RESNET.nodes());
        assertThat(count(activated, Layer.BatchNormalization.DEFAULT)).isEqualTo(21);
        assertThat(count(activated, new Layer.Program(Programs.tanh())))
                .isEqualTo(Placement.activations(RESNET))
                .isEqualTo(19);
        assertThat(layer(activated, "stage1.block1.activation")).isEqualTo(new Layer.Program(Programs.tanh()));
    }

    @Test
    void aNetworkWithoutAPlaceIsRefused() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        builder.add("relu", Layer.Activation.RELU, 0);
        builder.add("norm", Layer.BatchNormalization.DEFAULT, 1);
        Network network = builder.build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placement.place(network, Programs.evonormS0()))
                .withMessageContaining("none of its normalisations is followed by an activation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placement.activation(network, Programs.evonormS0()))
                .withMessageContaining("replaces normalisation and activation together");
        Network.Builder linear = new Network.Builder(new Shape(3, 8, 8));
        linear.add("linear", new Layer.Linear(3, true), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placement.activation(linear.build(), Programs.tanh()))
                .withMessage("the network has no activation to replace");
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Network.Node::name).toList();
    }

    private static Layer layer(Network network, String name) {
        return network.nodes().get(names(network).indexOf(name)).layer();
    }

    private static long count(Network network, Layer layer) {
        return network.nodes().stream()
                .filter(node -> node.layer().equals(layer))
                .count();
    }
}
