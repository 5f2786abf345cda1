package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.List;

/** A program whose every node is multiplied by a vector of its own: with numbers near 1 these are rounding errors. */
final class NoisyProgram {

    private NoisyProgram() {}

    /** The noise vectors come after the program's own. */
    static LayerProgram of(LayerProgram quiet) {
        LayerProgram program = quiet.pruned();
        List<Vector> vectors = new ArrayList<>(program.vectors());
        for (int i = 0; i < program.nodes().size(); i++) {
            vectors.add(new Vector("noise" + i, 1));
        }
        int first = LayerProgram.FIRST_VECTOR + vectors.size();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < program.nodes().size(); i++) {
            Node node = program.nodes().get(i);
            List<Integer> inputs =
                    node.inputs().stream().map(it -> moved(program, it, first)).toList();
            nodes.add(new Node(node.operation(), inputs));
            nodes.add(Node.of(Operation.MUL, first + 2 * i, program.firstNode() + i));
        }
        return new LayerProgram(
                vectors,
                nodes,
                moved(program, program.output(), first),
                program.affine(),
                program.groupSize(),
                program.epsilon());
    }

    private static int moved(LayerProgram program, int value, int first) {
        return program.isNode(value) ? first + 2 * (value - program.firstNode()) + 1 : value;
    }
}
