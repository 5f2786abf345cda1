package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An order of nodes that depends on what they compute and not on how they were numbered: by the longest way from the start, then by
 * operation, then by the new numbers of their inputs, which are known by then. All nodes must be live and different.
 */
final class NodeOrder {

    private static final Comparator<Node> BY_CONTENT = Comparator.comparing(Node::operation)
            .thenComparing(node -> node.inputs().getFirst())
            .thenComparing(node -> node.inputs().getLast());

    private NodeOrder() {}

    static LayerProgram sorted(LayerProgram program) {
        int[] moved = new int[program.values()];
        for (int value = 0; value < program.firstNode(); value++) {
            moved[value] = value;
        }
        List<Node> nodes = new ArrayList<>();
        for (List<Integer> level : levels(program)) {
            record Renamed(int value, Node node) {}
            List<Renamed> renamed = new ArrayList<>();
            level.forEach(value -> renamed.add(new Renamed(value, renamed(program.node(value), moved))));
            renamed.sort(Comparator.comparing(Renamed::node, BY_CONTENT));
            for (Renamed each : renamed) {
                moved[each.value()] = program.firstNode() + nodes.size();
                nodes.add(each.node());
            }
        }
        return new LayerProgram(
                program.vectors(),
                nodes,
                moved[program.output()],
                program.affine(),
                program.groupSize(),
                program.epsilon());
    }

    private static List<List<Integer>> levels(LayerProgram program) {
        int[] level = new int[program.values()];
        List<List<Integer>> levels = new ArrayList<>();
        for (int value = program.firstNode(); value < level.length; value++) {
            int above = 0;
            for (int input : program.node(value).inputs()) {
                above = Math.max(above, program.isNode(input) ? level[input] + 1 : 0);
            }
            level[value] = above;
            if (levels.size() == above) {
                levels.add(new ArrayList<>());
            }
            levels.get(above).add(value);
        }
        return levels;
    }

    private static Node renamed(Node node, int[] moved) {
        List<Integer> inputs = node.inputs().stream().map(input -> moved[input]).toList();
        return new Node(
                node.operation(),
                node.operation().commutative() ? inputs.stream().sorted().toList() : inputs);
    }
}
