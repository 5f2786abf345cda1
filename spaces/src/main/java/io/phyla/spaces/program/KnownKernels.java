package io.phyla.spaces.program;

import static io.phyla.spaces.design.LayerProgram.X;
import static io.phyla.spaces.design.LayerProgram.ZERO;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Programs that are one of the engine's own normalisations and one of its activations, known by their graph and not by a name:
 * {@code f(gain * (x - mean) / deviation + offset)}, where gain is a trained vector that starts with 1, offset one that starts
 * with 0, mean and deviation are those of x over the same elements, and f is ReLU or swish. Such a layer runs, is exported and
 * costs as the two layers do, to the last bit.
 *
 * @param axes what the moments are taken over
 * @param function what the normalised map goes through
 */
record KnownKernels(LayerProgram program, Axes axes, Layer.Activation.Function function) {

    /** The two layers that a program is; empty if it is more than they can say. */
    static Optional<KnownKernels> of(LayerProgram program) {
        if (program.affine() || program.vectors().size() != 2) {
            return Optional.empty();
        }
        for (Layer.Activation.Function function :
                List.of(Layer.Activation.Function.RELU, Layer.Activation.Function.SWISH)) {
            Integer linear = activated(program, function);
            Axes axes = linear == null ? null : normalised(program, linear);
            if (axes != null) {
                return Optional.of(new KnownKernels(program, axes, function));
            }
        }
        return Optional.empty();
    }

    /**
     * The normalisation for maps of so many channels.
     *
     * @param momentum share of a new batch in the moving averages, where there are some
     */
    Layer normalization(int channels, double momentum) {
        double epsilon = program.epsilon();
        return switch (axes) {
            case BATCH -> new Layer.BatchNormalization(epsilon, momentum);
            case INSTANCE -> new Layer.InstanceNormalization(epsilon);
            case LAYER -> new Layer.GroupNormalization(1, epsilon);
            case GROUP -> new Layer.GroupNormalization(program.groups(channels), epsilon);
        };
    }

    Layer.Activation activation() {
        return new Layer.Activation(function);
    }

    /** What the output is this function of; null if it is not. */
    private static @Nullable Integer activated(LayerProgram program, Layer.Activation.Function function) {
        Node output = node(program, program.output());
        if (output == null) {
            return null;
        }
        return function == Layer.Activation.Function.RELU
                ? other(output, Operation.MAX, ZERO)
                : swished(program, output);
    }

    private static @Nullable Integer swished(LayerProgram program, Node output) {
        if (output.operation() != Operation.MUL) {
            return null;
        }
        for (int side = 0; side < 2; side++) {
            int linear = output.inputs().get(side);
            Node gate = node(program, output.inputs().get(1 - side));
            if (gate != null
                    && gate.operation() == Operation.SIGMOID
                    && gate.inputs().getFirst() == linear) {
                return linear;
            }
        }
        return null;
    }

    /** What a value's moments are taken over, if it is a normalised x with gain and offset. */
    private static @Nullable Axes normalised(LayerProgram program, int value) {
        Node sum = node(program, value);
        for (int offset = LayerProgram.FIRST_VECTOR; sum != null && offset < program.firstNode(); offset++) {
            int gain = 2 * LayerProgram.FIRST_VECTOR + 1 - offset;
            if (program.vector(offset).initial() == 0 && program.vector(gain).initial() == 1) {
                Integer scaled = other(sum, Operation.ADD, offset);
                return scaled == null ? null : scaled(program, scaled, gain);
            }
        }
        return null;
    }

    /** The gain may stand before the division or after it. */
    private static @Nullable Axes scaled(LayerProgram program, int value, int gain) {
        Node outer = node(program, value);
        Integer quotient = outer == null ? null : other(outer, Operation.MUL, gain);
        Node division = quotient == null ? outer : node(program, quotient);
        if (division == null || division.operation() != Operation.DIV) {
            return null;
        }
        Integer dividend = division.inputs().getFirst();
        if (quotient == null) {
            Node product = node(program, dividend);
            dividend = product == null ? null : other(product, Operation.MUL, gain);
        }
        Axes axes = moment(program, division.inputs().getLast(), Moment.STD);
        return dividend != null && axes != null && centred(program, dividend, axes) ? axes : null;
    }

    private static boolean centred(LayerProgram program, int value, Axes axes) {
        Node sum = node(program, value);
        Integer negated = sum == null ? null : other(sum, Operation.ADD, X);
        Node negation = negated == null ? null : node(program, negated);
        return negation != null
                && negation.operation() == Operation.NEG
                && moment(program, negation.inputs().getFirst(), Moment.MEAN) == axes;
    }

    /** What a moment of x is taken over; null if the value is no such moment. */
    private static @Nullable Axes moment(LayerProgram program, int value, Moment moment) {
        Node node = node(program, value);
        return node != null
                        && node.operation().moment() == moment
                        && node.inputs().getFirst() == X
                ? node.operation().axes()
                : null;
    }

    /** The other input of a commutative operation that takes this value; null if it is another operation or takes it not. */
    private static @Nullable Integer other(Node node, Operation operation, int value) {
        if (node.operation() != operation || !node.inputs().contains(value)) {
            return null;
        }
        return node.inputs().get(0) == value
                ? node.inputs().get(1)
                : node.inputs().get(0);
    }

    private static @Nullable Node node(LayerProgram program, int value) {
        return program.isNode(value) ? program.node(value) : null;
    }
}
