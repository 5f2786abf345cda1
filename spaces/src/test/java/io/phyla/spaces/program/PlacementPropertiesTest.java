package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for placement in any graph. */
class PlacementPropertiesTest {

    private static final Shape IMAGES = new Shape(4, 6, 6);

    /** Any layer may read any earlier ones; much of it leads nowhere. */
    private static Network random(long seed) {
        Random random = new Random(seed);
        Network.Builder builder = new Network.Builder(IMAGES);
        int layers = 3 + random.nextInt(12);
        for (int i = 1; i <= layers; i++) {
            // Often the layer before, so that pairs come about.
            int input = random.nextInt(3) > 0 ? i - 1 : random.nextInt(i);
            String name = "layer" + i;
            switch (random.nextInt(7)) {
                case 0 -> builder.add(name, Layer.Convolution.of(4, 3, 1, 1), input);
                case 1, 2 -> builder.add(name, new Layer.BatchNormalization(1e-5, 0.01 * i), input);
                case 3 -> builder.add(name, new Layer.GroupNormalization(2, 1e-5), input);
                case 4 -> builder.add(name, new Layer.LeakyRelu(0.1), input);
                case 5 -> builder.add(name, Layer.Activation.RELU, input);
                default -> builder.add(name, new Layer.Add(), input, random.nextInt(i));
            }
        }
        return builder.build();
    }

    private static long count(Network network, Layer layer) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Program it
                        && layer instanceof Layer.Program wanted
                        && it.program().equals(wanted.program()))
                .count();
    }

    @Property
    void everyNormalisationIsReplacedAndNothingElse(@ForAll long seed) {
        Network network = random(seed);
        int pairs = Placement.pairs(network);
        if (pairs == 0) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Placement.place(network, Programs.evonormS0()))
                    .withMessageContaining("no place");
            return;
        }
        Network placed = Placement.place(network, Programs.evonormS0());
        assertThat(placed.output()).isEqualTo(network.output());
        assertThat(placed.nodes()).noneMatch(node -> Readers.normalises(node.layer()));
        Set<String> names = new HashSet<>();
        network.nodes().forEach(node -> names.add(node.name()));
        for (Network.Node node : placed.nodes()) {
            assertThat(names).contains(node.name());
            Layer before = layer(network, node.name());
            if (node.layer() instanceof Layer.Program program) {
                assertThat(Readers.normalises(before)).isTrue();
                assertThat(program.momentum())
                        .isEqualTo(
                                before instanceof Layer.BatchNormalization batch
                                        ? batch.momentum()
                                        : Layer.Program.MOMENTUM);
            } else {
                assertThat(node.layer()).isEqualTo(before);
            }
        }
        long programs = count(placed, new Layer.Program(Programs.evonormS0()));
        long scalings = count(placed, new Layer.Program(LayerProgram.scaling()));
        long normalisations = network.nodes().stream()
                .filter(node -> Readers.normalises(node.layer()))
                .count();
        // What lay behind the output, now that the last layer is left out, is gone.
        boolean whole =
                placed.nodes().getLast().name().equals(network.nodes().getLast().name());
        if (whole) {
            assertThat(programs).isEqualTo(pairs);
            assertThat(programs + scalings).isEqualTo(normalisations);
        }
        assertThat(programs).isPositive();
    }

    /** Twice is once; and an engine's own layers keep every node with its name and its inputs. */
    @Property
    void theEnginesLayersKeepTheGraph(@ForAll long seed) {
        Network network = random(seed);
        if (Placement.pairs(network) == 0) {
            return;
        }
        LayerProgram program = Programs.normalized(Operation.Axes.GROUP);
        Network placed = Placement.place(network, program);
        assertThat(Placement.place(placed, program)).isEqualTo(placed);
        assertThat(placed.nodes()).extracting(Network.Node::inputs).isEqualTo(inputs(network));
        assertThat(Placement.pairs(placed)).isGreaterThanOrEqualTo(Placement.pairs(network));
    }

    @Property
    void activationsAreReplacedOneByOne(@ForAll long seed) {
        Network network = random(seed);
        int activations = Placement.activations(network);
        if (activations == 0) {
            return;
        }
        Network placed = Placement.activation(network, Programs.tanh());
        assertThat(count(placed, new Layer.Program(Programs.tanh()))).isEqualTo(activations);
        assertThat(placed.nodes()).extracting(Network.Node::inputs).isEqualTo(inputs(network));
        assertThat(placed.shapes()).isEqualTo(network.shapes());
    }

    private static List<List<Integer>> inputs(Network network) {
        return network.nodes().stream().map(Network.Node::inputs).toList();
    }

    private static Layer layer(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow()
                .layer();
    }
}
