package io.phyla.spaces.nb201;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.stream.IntStream;

/** One of five operations on each of the cell's six edges: 15,625 architectures. */
public final class Nb201Space implements SearchSpace {

    private static final List<Decision> DECISIONS = IntStream.range(0, CellString.SOURCE.length)
            .mapToObj(edge ->
                    Decision.among("edge" + CellString.SOURCE[edge] + CellString.TARGET[edge], Operation.names()))
            .toList();

    private static final DecisionTree TREE = new DecisionTree(DECISIONS);

    private final Nb201Parameters parameters;
    private final List<CellNames> names;

    public Nb201Space(Nb201Parameters parameters) {
        this.parameters = parameters;
        names = CellNames.of(Nb201Network.STAGES, parameters.cells());
    }

    @Override
    public String name() {
        return Nb201Provider.NAME;
    }

    @Override
    public Nb201Parameters parameters() {
        return parameters;
    }

    @Override
    public List<Decision> decisions() {
        return DECISIONS;
    }

    @Override
    public DecisionTree tree() {
        return TREE;
    }

    @Override
    public Network decode(Genome genome) {
        TREE.check(genome);
        return new Nb201Network(parameters, names, genome).build();
    }

    @Override
    public String text(Genome genome) {
        TREE.check(genome);
        return CellString.format(genome);
    }
}
