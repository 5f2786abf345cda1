package io.phyla.spaces.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.evonorm.ReadyLayers;
import org.junit.jupiter.api.Test;

class NetworkCostTest {

    @Test
    void countsParametersAndMacsPerLayer() {
        Network.Builder builder = new Network.Builder(new Shape(4, 8, 8));
        int grouped = builder.add("grouped", new Layer.Convolution(6, 3, 2, 1, 1, 2, true), 0);
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, grouped);
        int linear = builder.add("linear", new Layer.Linear(5, true), norm);
        Network network = builder.build();
        // 6 outputs of 2 channels and 9 taps each, on 4 x 4 places.
        assertThat(NetworkCost.params(network, grouped)).isEqualTo(6 * 2 * 9 + 6);
        assertThat(NetworkCost.macs(network, grouped)).isEqualTo(6 * 2 * 9 * 16);
        assertThat(NetworkCost.params(network, norm)).isEqualTo(2 * 6);
        assertThat(NetworkCost.macs(network, norm)).isZero();
        assertThat(NetworkCost.params(network, linear)).isEqualTo(6 * 16 * 5 + 5);
        NetworkCost cost = NetworkCost.of(network);
        assertThat(cost.params()).isEqualTo(114 + 12 + 485);
        assertThat(cost.macs()).isEqualTo(1728 + 485);
        assertThat(cost.depth()).isEqualTo(2);
    }

    /** Two vectors, scale and shift; what a program multiplies is not counted, as in normalisations. */
    @Test
    void countsAProgramsVectorsPerChannel() {
        Network.Builder builder = new Network.Builder(new Shape(6, 4, 4));
        int evonorm = builder.add("evonorm", new Layer.Program(ReadyLayers.program("evonorm_s0")), 0);
        int relu = builder.add("relu", new Layer.Program(ReadyLayers.program("bn_relu")), evonorm);
        int scaling = builder.add("scaling", new Layer.Program(LayerProgram.scaling()), relu);
        Network network = builder.build();
        int vectors = ReadyLayers.program("evonorm_s0").vectors().size();
        assertThat(NetworkCost.params(network, evonorm)).isEqualTo(6 * (vectors + 2));
        assertThat(NetworkCost.params(network, relu)).isEqualTo(6 * 2);
        assertThat(NetworkCost.params(network, scaling)).isEqualTo(6 * 2);
        assertThat(NetworkCost.of(network)).isEqualTo(new NetworkCost(6 * (vectors + 6), 0, 2 * 96 * Float.BYTES, 0));
    }

    /** The skipped input lives until the sum: four maps of 8 channels at the peak would be wrong, three are alive. */
    @Test
    void keepsABufferUntilItsLastUse() {
        Network.Builder builder = new Network.Builder(new Shape(8, 4, 4));
        int first = builder.add("first", Layer.Activation.RELU, 0);
        int second = builder.add("second", Layer.Activation.RELU, first);
        builder.add("sum", new Layer.Add(), 0, second);
        assertThat(NetworkCost.of(builder.build()).peakMemory()).isEqualTo(3 * 8 * 16 * Float.BYTES);
    }

    @Test
    void freesABufferOnceThatIsUsedTwiceByOneLayer() {
        Network.Builder builder = new Network.Builder(new Shape(8, 4, 4));
        int twice = builder.add("twice", new Layer.Add(), 0, 0);
        int wide = builder.add("wide", Layer.Convolution.of(16, 1, 1, 0), twice);
        builder.add("relu", Layer.Activation.RELU, wide);
        assertThat(NetworkCost.of(builder.build()).peakMemory()).isEqualTo(2 * 16 * 16 * Float.BYTES);
    }

    @Test
    void freesAtOnceWhatNobodyUses() {
        Network.Builder builder = new Network.Builder(new Shape(8, 4, 4));
        builder.add("dead", Layer.Activation.RELU, 0);
        int alive = builder.add("alive", Layer.Activation.RELU, 0);
        builder.add("end", Layer.Activation.RELU, alive);
        assertThat(NetworkCost.of(builder.build()).peakMemory()).isEqualTo(2 * 8 * 16 * Float.BYTES);
    }

    @Test
    void takesTheLongestPath() {
        Network.Builder builder = new Network.Builder(new Shape(2, 4, 4));
        int one = builder.add("one", Layer.Convolution.of(2, 1, 1, 0), 0);
        int two = builder.add("two", Layer.Convolution.of(2, 1, 1, 0), one);
        int other = builder.add("other", Layer.Convolution.of(2, 1, 1, 0), 0);
        int sum = builder.add("sum", new Layer.Add(), two, other);
        builder.add("linear", new Layer.Linear(3, true), sum);
        assertThat(NetworkCost.of(builder.build()).depth()).isEqualTo(3);
    }
}
