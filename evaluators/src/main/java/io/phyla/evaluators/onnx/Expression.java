package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import java.util.List;

/**
 * What is done with a layer's output, before it is known which layer that will be: x * clip(x + 3, 0, 6) / 6 becomes one
 * activation once it is whole.
 */
sealed interface Expression {

    /** A layer's output as it is. */
    record Output(int layer) implements Expression {}

    record Affine(double scale, double shift, Expression of) implements Expression {}

    record Clip(double low, double high, Expression of) implements Expression {}

    record Curve(Kind kind, Expression of) implements Expression {
        enum Kind {
            SIGMOID,
            TANH,
            ERF
        }
    }

    record Product(Expression a, Expression b) implements Expression {}

    /** A step on the way of x to (x - mean) / sqrt(variance + epsilon), means being taken over these dimensions. */
    record Moment(Step step, Signal of, List<Integer> dims, double epsilon) implements Expression {
        enum Step {
            MEAN,
            CENTERED,
            SQUARED,
            VARIANCE,
            DEVIATION
        }
    }

    /** Steps that have not become layers. */
    default int size() {
        return switch (this) {
            case Output _ -> 0;
            case Affine it -> it.of().size() + 1;
            case Clip it -> it.of().size() + 1;
            case Curve it -> it.of().size() + 1;
            case Product it -> it.a().size() + it.b().size() + 1;
            case Moment it -> it.of().expression().size() + 1;
        };
    }
}
