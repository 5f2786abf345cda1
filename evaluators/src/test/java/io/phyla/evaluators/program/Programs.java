package io.phyla.evaluators.program;

import static io.phyla.spaces.design.Operation.*;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Programs for tests: the published layers by hand, and random ones. */
public final class Programs {

    /** Values 2 and 3 of every program here. */
    static final List<Vector> VECTORS = List.of(new Vector("v0", 0), new Vector("v1", 1));

    private static final int X = LayerProgram.X;
    private static final int ZERO = LayerProgram.ZERO;
    private static final int V0 = 2;
    private static final int V1 = 3;

    private Programs() {}

    static LayerProgram of(int groupSize, double epsilon, Node... nodes) {
        return new LayerProgram(VECTORS, List.of(nodes), 3 + nodes.length, true, groupSize, epsilon);
    }

    public static LayerProgram of(Node... nodes) {
        return of(2, LayerProgram.EPSILON, nodes);
    }

    /** max((x - mean) / std, 0) with moments over the axes that the operations name. */
    public static LayerProgram rectified(Operation mean, Operation std) {
        return of(
                Node.of(mean, X),
                Node.of(NEG, 4),
                Node.of(ADD, X, 5),
                Node.of(std, X),
                Node.of(DIV, 6, 7),
                Node.of(MAX, 8, ZERO));
    }

    /** x / max(s_bwh(x), v1 * x + s_wh(x)). */
    public static LayerProgram b0() {
        return of(
                Node.of(MUL, V1, X),
                Node.of(STD_WH, X),
                Node.of(ADD, 4, 5),
                Node.of(STD_BWH, X),
                Node.of(MAX, 7, 6),
                Node.of(DIV, X, 8));
    }

    /** x / max(s_bwh(x), (x + 1) * rms_wh(x)). */
    static LayerProgram b1() {
        return of(
                Node.of(EXP, ZERO),
                Node.of(ADD, X, 4),
                Node.of(RMS_WH, X),
                Node.of(MUL, 5, 6),
                Node.of(STD_BWH, X),
                Node.of(MAX, 8, 7),
                Node.of(DIV, X, 9));
    }

    /** x / max(s_bwh(x), rms_wh(x) - x). */
    static LayerProgram b2() {
        return of(
                Node.of(NEG, X),
                Node.of(RMS_WH, X),
                Node.of(ADD, 5, 4),
                Node.of(STD_BWH, X),
                Node.of(MAX, 7, 6),
                Node.of(DIV, X, 8));
    }

    /** x * sigmoid(v1 * x) / the moment that the operation names. */
    public static LayerProgram s0(Operation moment) {
        return of(
                Node.of(MUL, X, V1),
                Node.of(SIGMOID, 4),
                Node.of(MUL, X, 5),
                Node.of(moment, X),
                Node.of(DIV, 6, 7));
    }

    /** x * sigmoid(x) / the moment that the operation names. */
    static LayerProgram s1(Operation moment) {
        return of(Node.of(SIGMOID, X), Node.of(MUL, X, 4), Node.of(moment, X), Node.of(DIV, 5, 6));
    }

    /** max(x / rms_wh(x), v0). */
    static LayerProgram frn() {
        return of(Node.of(RMS_WH, X), Node.of(DIV, X, 4), Node.of(MAX, 5, V0));
    }

    /** As random search draws them: operations and inputs uniform, the last node is the output. */
    public static LayerProgram random(RandomGenerator random, boolean batchMoments, int nodes, int groupSize) {
        List<Operation> table = Arrays.stream(Operation.values())
                .filter(operation -> batchMoments || !operation.mixesSamples())
                .toList();
        List<Node> drawn = new ArrayList<>();
        for (int value = 4; value < 4 + nodes; value++) {
            Operation operation = table.get(random.nextInt(table.size()));
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i < operation.arity(); i++) {
                inputs.add(random.nextInt(value));
            }
            drawn.add(new Node(operation, inputs));
        }
        return new LayerProgram(VECTORS, drawn, 3 + nodes, true, groupSize, LayerProgram.EPSILON);
    }

    /** Whether the output depends on x. */
    static boolean readsInput(LayerProgram program) {
        return program.live()[X];
    }
}
