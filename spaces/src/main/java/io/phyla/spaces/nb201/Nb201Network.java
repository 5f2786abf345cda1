package io.phyla.spaces.nb201;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmark's macro-structure around one cell: stem, three stages of cells with a residual reduction block between
 * them, classifier. Everything a genome asks for is built, also what can never reach the output.
 */
final class Nb201Network {

    private static final int IMAGE_CHANNELS = 3;
    static final int STAGES = 3;
    static final int CELL_NODES = 4;

    private final Nb201Parameters parameters;
    private final List<CellNames> names;
    private final Genome genome;
    private final Network.Builder network;

    Nb201Network(Nb201Parameters parameters, List<CellNames> names, Genome genome) {
        this.parameters = parameters;
        this.names = names;
        this.genome = genome;
        network = new Network.Builder(new Shape(IMAGE_CHANNELS, parameters.resolution(), parameters.resolution()));
    }

    Network build() {
        int channels = parameters.channels();
        int top = network.add("stem.convolution", Layer.Convolution.of(channels, 3, 1, 1), 0);
        top = network.add("stem.norm", Layer.BatchNormalization.DEFAULT, top);
        for (int stage = 1; stage <= STAGES; stage++) {
            if (stage > 1) {
                channels *= 2;
                top = reduction("reduction" + (stage - 1), channels, top);
            }
            for (int cell = 0; cell < parameters.cells(); cell++) {
                top = cell(names.get((stage - 1) * parameters.cells() + cell), channels, top);
            }
        }
        top = network.add("head.norm", Layer.BatchNormalization.DEFAULT, top);
        top = network.add("head.relu", Layer.Activation.RELU, top);
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(parameters.classes(), true), top);
        return network.build();
    }

    private int cell(CellNames name, int channels, int input) {
        int[] nodes = new int[CELL_NODES];
        nodes[0] = input;
        int edge = 0;
        for (int target = 1; target < CELL_NODES; target++) {
            List<Integer> terms = new ArrayList<>();
            int zero = -1;
            for (int source = 0; source < target; source++, edge++) {
                Operation operation = Operation.of(genome.option(edge));
                CellNames.Edge edgeName = name.edges().get(edge);
                int from = nodes[source];
                switch (operation) {
                    case NONE -> zero = from;
                    case SKIP_CONNECT -> terms.add(from);
                    case NOR_CONV_1X1 -> terms.add(convolution(edgeName, channels, 1, from));
                    case NOR_CONV_3X3 -> terms.add(convolution(edgeName, channels, 3, from));
                    case AVG_POOL_3X3 -> terms.add(network.add(edgeName.pool(), Layer.Pooling.average(3, 1, 1), from));
                }
            }
            nodes[target] = sum(name.nodes().get(target), terms, zero);
        }
        return nodes[CELL_NODES - 1];
    }

    /** The sum of what arrives at a node: zeros if nothing does. */
    private int sum(CellNames.Node name, List<Integer> terms, int zero) {
        return switch (terms.size()) {
            case 0 -> network.add(name.zero(), new Layer.Zero(), zero);
            case 1 -> terms.getFirst();
            default -> network.add(name.add(), new Layer.Add(), terms.toArray(Integer[]::new));
        };
    }

    private int convolution(CellNames.Edge name, int channels, int kernel, int from) {
        int relu = network.add(name.relu(), Layer.Activation.RELU, from);
        int convolution = network.add(name.convolution(), Layer.Convolution.of(channels, kernel, 1, kernel / 2), relu);
        return network.add(name.norm(), Layer.BatchNormalization.DEFAULT, convolution);
    }

    private int reduction(String name, int channels, int input) {
        int a = network.add(name + ".a.relu", Layer.Activation.RELU, input);
        a = network.add(name + ".a.convolution", Layer.Convolution.of(channels, 3, 2, 1), a);
        a = network.add(name + ".a.norm", Layer.BatchNormalization.DEFAULT, a);
        int b = network.add(name + ".b.relu", Layer.Activation.RELU, a);
        b = network.add(name + ".b.convolution", Layer.Convolution.of(channels, 3, 1, 1), b);
        b = network.add(name + ".b.norm", Layer.BatchNormalization.DEFAULT, b);
        int shortcut = network.add(name + ".shortcut.pool", Layer.Pooling.average(2, 2, 0), input);
        shortcut = network.add(name + ".shortcut.convolution", Layer.Convolution.of(channels, 1, 1, 0), shortcut);
        return network.add(name + ".add", new Layer.Add(), b, shortcut);
    }
}
