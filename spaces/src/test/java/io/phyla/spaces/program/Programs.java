package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.List;

/** Programs written out by hand, so that what is tested here leans on nothing else. */
final class Programs {

    private static final List<Vector> AFFINE = List.of(new Vector("gain", 1), new Vector("offset", 0));

    private Programs() {}

    /** x * sigmoid(v1 * x) / std of the group, among vectors v0 and v1. */
    static LayerProgram evonormS0() {
        return new LayerProgram(
                List.of(new Vector("v0", 0), new Vector("v1", 1)),
                List.of(
                        Node.of(Operation.MUL, 0, 3),
                        Node.of(Operation.SIGMOID, 4),
                        Node.of(Operation.MUL, 0, 5),
                        Node.of(Operation.STD_WHCG, 0),
                        Node.of(Operation.DIV, 6, 7)),
                8,
                true,
                0,
                1e-5);
    }

    static LayerProgram tanh() {
        return new LayerProgram(List.of(), List.of(Node.of(Operation.TANH, 0)), 2, false, 0, 1e-5);
    }

    /** max(gain * (x - mean) / std + offset, 0). */
    static LayerProgram normalized(Operation.Axes axes) {
        List<Node> nodes = linear(axes);
        nodes.add(Node.of(Operation.MAX, 10, 1));
        return new LayerProgram(AFFINE, nodes, 11, false, 0, 1e-5);
    }

    /** l * sigmoid(l) for l = gain * (x - mean) / std + offset over the batch. */
    static LayerProgram batchSwish() {
        List<Node> nodes = linear(Operation.Axes.BATCH);
        nodes.add(Node.of(Operation.SIGMOID, 10));
        nodes.add(Node.of(Operation.MUL, 10, 11));
        return new LayerProgram(AFFINE, nodes, 12, false, 0, 1e-5);
    }

    /** Values 4 to 10, the last of them the result. */
    static List<Node> linear(Operation.Axes axes) {
        Operation mean = moment(Operation.Moment.MEAN, axes);
        Operation deviation = moment(Operation.Moment.STD, axes);
        return new ArrayList<>(List.of(
                Node.of(mean, 0),
                Node.of(Operation.NEG, 4),
                Node.of(Operation.ADD, 0, 5),
                Node.of(deviation, 0),
                Node.of(Operation.DIV, 6, 7),
                Node.of(Operation.MUL, 8, 2),
                Node.of(Operation.ADD, 9, 3)));
    }

    private static Operation moment(Operation.Moment moment, Operation.Axes axes) {
        for (Operation operation : Operation.values()) {
            if (operation.moment() == moment && operation.axes() == axes) {
                return operation;
            }
        }
        throw new IllegalStateException("every moment is taken over everything");
    }
}
