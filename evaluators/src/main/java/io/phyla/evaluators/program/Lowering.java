package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer program in terms of what kernels do: division becomes a product with a reciprocal, sigmoid and tanh share their costly
 * part with their slopes.
 */
final class Lowering {

    private final LayerProgram program;
    private final Graph graph;
    private final boolean moving;
    private final Value[] values;
    private final List<Value> batchMoments = new ArrayList<>();
    private final Value output;

    /** @param moving whether moving averages take the place of the batch's moments */
    Lowering(LayerProgram program, Graph graph, boolean moving) {
        this.program = program;
        this.graph = graph;
        this.moving = moving;
        this.values = new Value[program.values()];
        boolean[] live = program.live();
        values[LayerProgram.X] = graph.stream(Op.INPUT);
        values[LayerProgram.ZERO] = graph.constant(0);
        for (int value = LayerProgram.FIRST_VECTOR; value < values.length; value++) {
            if (program.isVector(value)) {
                values[value] = graph.given(Op.PARAMETER, value - LayerProgram.FIRST_VECTOR);
            } else if (live[value]) {
                values[value] = lower(value);
            }
        }
        Value result = values[program.output()];
        if (program.affine()) {
            int scale = program.vectors().size();
            result = graph.add(
                    graph.multiply(result, graph.given(Op.PARAMETER, scale)), graph.given(Op.PARAMETER, scale + 1));
        }
        this.output = result;
    }

    /** The layer's result. */
    Value output() {
        return output;
    }

    /** Those that enter moving averages, in the order of {@link LayerProgram#batchMoments()}; none with moving averages. */
    List<Value> batchMoments() {
        return batchMoments;
    }

    private Value lower(int number) {
        Operation operation = program.node(number).operation();
        Value a = values[program.node(number).inputs().getFirst()];
        Value b = values[program.node(number).inputs().getLast()];
        if (operation.moment() != null && operation.axes() != null) {
            if (operation.mixesSamples() && moving) {
                return graph.given(Op.MOVING, program.batchMoments().indexOf(number));
            }
            Value moment = graph.moment(operation.moment(), operation.axes(), a);
            if (operation.mixesSamples()) {
                batchMoments.add(moment);
            }
            return moment;
        }
        return switch (operation) {
            case ADD -> graph.add(a, b);
            case MUL -> graph.multiply(a, b);
            case DIV -> graph.multiply(a, graph.apply(Op.RECIPROCAL, b));
            case MAX -> graph.apply(Op.MAXIMUM, a, b);
            case NEG -> graph.apply(Op.NEGATE, a);
            case SIGMOID -> graph.apply(Op.SIGMOID, graph.apply(Op.TAIL, a), a);
            case TANH -> graph.apply(Op.TANH, graph.apply(Op.TAIL_OF_DOUBLE, a), a);
            case EXP -> graph.apply(Op.EXPONENTIAL, a);
            case LOG -> graph.apply(Op.LOGARITHM, a);
            case ABS -> graph.apply(Op.ABSOLUTE, a);
            case SQUARE -> graph.apply(Op.SQUARE, a);
            case SQRT -> graph.apply(Op.ROOT, a);
            default -> throw new IllegalArgumentException(operation.label() + " is no element-wise operation");
        };
    }
}
