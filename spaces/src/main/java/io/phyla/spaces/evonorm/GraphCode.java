package io.phyla.spaces.evonorm;

import io.phyla.spaces.Decision;
import io.phyla.spaces.Decision.When;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a graph is written as options: for each node its operation, its first input and, if it takes two, its second. An input's
 * option is the number of the value it takes.
 */
final class GraphCode {

    /** x, zeros, v0 and v1. */
    static final int INITIAL = 4;

    private static final List<String> INITIAL_NAMES = List.of("x", "zero", "v0", "v1");

    private static final int PER_NODE = 3;

    private final int nodes;
    private final List<Operation> table;

    GraphCode(EvoNormParameters parameters) {
        nodes = parameters.nodes();
        table = Arrays.stream(Operation.values())
                .filter(each -> each.moment() == null || parameters.moments())
                .filter(each -> !each.mixesSamples() || parameters.series() == Series.B)
                .toList();
    }

    List<Operation> table() {
        return table;
    }

    List<Decision> decisions() {
        Set<Integer> binary = IntStream.range(0, table.size())
                .filter(option -> table.get(option).arity() == 2)
                .boxed()
                .collect(Collectors.toSet());
        List<Decision> decisions = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            String name = "node" + (INITIAL + node);
            String operation = name + ".operation";
            List<String> earlier = IntStream.range(0, INITIAL + node)
                    .mapToObj(GraphCode::value)
                    .toList();
            List<String> operations = table.stream().map(Operation::label).toList();
            decisions.add(new Decision(operation, operations, name, null, null));
            decisions.add(new Decision(name + ".first", earlier, name, null, null));
            decisions.add(new Decision(name + ".second", earlier, name, new When(operation, binary), null));
        }
        return List.copyOf(decisions);
    }

    private static String value(int number) {
        return number < INITIAL ? INITIAL_NAMES.get(number) : "node" + number;
    }

    List<Node> nodes(Genome genome) {
        return IntStream.range(0, nodes)
                .mapToObj(node -> {
                    Operation operation = table.get(genome.option(PER_NODE * node));
                    int first = genome.option(PER_NODE * node + 1);
                    return operation.arity() == 1
                            ? Node.of(operation, first)
                            : Node.of(operation, first, genome.option(PER_NODE * node + 2));
                })
                .toList();
    }

    /**
     * The program's live nodes at the front and its output at the end; between them the nodes that lead nowhere take the first
     * option of everything. A value that no node computes is written as the maximum of itself and itself.
     *
     * @return empty if there are too many nodes, or operations that the table does not have
     */
    Optional<Genome> write(LayerProgram whole) {
        LayerProgram program = whole.pruned();
        List<Node> live = program.isNode(program.output())
                ? program.nodes()
                : List.of(Node.of(Operation.MAX, program.output(), program.output()));
        if (live.size() > nodes
                || !table.containsAll(live.stream().map(Node::operation).toList())) {
            return Optional.empty();
        }
        int[] options = new int[PER_NODE * nodes];
        for (int i = 0; i < live.size(); i++) {
            int at = PER_NODE * (i == live.size() - 1 ? nodes - 1 : i);
            options[at] = table.indexOf(live.get(i).operation());
            for (int input = 0; input < live.get(i).inputs().size(); input++) {
                options[at + 1 + input] = live.get(i).inputs().get(input);
            }
        }
        return Optional.of(Genome.of(options));
    }

    /** Every operation and every earlier value as likely as the others. */
    Genome sample(RandomGenerator random) {
        int[] options = new int[PER_NODE * nodes];
        for (int node = 0; node < nodes; node++) {
            int at = PER_NODE * node;
            options[at] = random.nextInt(table.size());
            for (int input = 1; input <= table.get(options[at]).arity(); input++) {
                options[at + input] = random.nextInt(INITIAL + node);
            }
        }
        return Genome.of(options);
    }
}
