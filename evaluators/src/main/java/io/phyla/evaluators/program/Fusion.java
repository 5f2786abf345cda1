package io.phyla.evaluators.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which kernel makes a value, together with operands that nobody else in the pass wants: each such pair saves a tile's way. */
final class Fusion {

    /**
     * One kernel's work.
     *
     * @param code of {@link Interpreter}
     */
    record Step(int code, List<Value> operands) {
        static Step of(int code, Value... operands) {
            return new Step(code, List.of(operands));
        }
    }

    private final Predicate<Value> lone;

    /** @param lone whether a value is worked out in this pass and read once */
    Fusion(Predicate<Value> lone) {
        this.lone = lone;
    }

    Step step(Value value) {
        List<Value> in = value.inputs();
        Value a = in.getFirst();
        Value b = in.getLast();
        return switch (value.op()) {
            case ADD -> sum(a, b);
            case MULTIPLY -> product(a, b);
            case MAXIMUM -> Step.of(Interpreter.MAXIMUM, a, b);
            case NEGATE -> Step.of(Interpreter.NEGATE, a);
            case SQUARE -> Step.of(Interpreter.SQUARE, a);
            case ABSOLUTE -> Step.of(Interpreter.ABSOLUTE, a);
            case TAIL -> Step.of(Interpreter.TAIL, a);
            case TAIL_OF_DOUBLE -> Step.of(Interpreter.TAIL_OF_DOUBLE, a);
            case SIGMOID -> Step.of(Interpreter.SIGMOID, a, b);
            case TANH -> Step.of(Interpreter.TANH, a, b);
            case EXPONENTIAL -> Step.of(Interpreter.EXPONENTIAL, a);
            case LOGARITHM -> Step.of(Interpreter.LOGARITHM, a);
            case ROOT -> Step.of(Interpreter.ROOT, a);
            case RECIPROCAL ->
                lone(a, Op.MAXIMUM)
                        ? new Step(Interpreter.RECIPROCAL_OF_MAXIMUM, a.inputs())
                        : Step.of(Interpreter.RECIPROCAL, a);
            case NOT_LESS -> gate(in, Interpreter.NOT_LESS, Interpreter.NOT_LESS_OF_PRODUCT);
            case LESS -> gate(in, Interpreter.LESS, Interpreter.LESS_OF_PRODUCT);
            case TAIL_SLOPE -> gate(in, Interpreter.TAIL_SLOPE, Interpreter.TAIL_SLOPE_OF_PRODUCT);
            case TAIL_OF_DOUBLE_SLOPE -> Step.of(Interpreter.TAIL_OF_DOUBLE_SLOPE, a, b);
            case SQUARE_SLOPE -> Step.of(Interpreter.SQUARE_SLOPE, a, b);
            case ABSOLUTE_SLOPE -> Step.of(Interpreter.ABSOLUTE_SLOPE, a, b);
            case LOGARITHM_SLOPE -> Step.of(Interpreter.LOGARITHM_SLOPE, a, b);
            case ROOT_SLOPE -> Step.of(Interpreter.ROOT_SLOPE, a, b);
            case RECIPROCAL_SLOPE ->
                gate(in, Interpreter.RECIPROCAL_SLOPE, Interpreter.RECIPROCAL_SLOPE_OF_PRODUCT);
            case INPUT,
                    GRADIENT,
                    PARAMETER,
                    MOVING,
                    CONSTANT,
                    SUM,
                    SUM_OF_PRODUCTS,
                    MOMENT,
                    SUM_OF_CHANNELS,
                    SUM_OF_SAMPLES ->
                throw new IllegalArgumentException(value + " is not element-wise");
        };
    }

    private boolean lone(Value value, Op op) {
        return value.is(op) && lone.test(value);
    }

    private Step sum(Value a, Value b) {
        if (lone(a, Op.MULTIPLY) && lone(b, Op.MULTIPLY)) {
            return new Step(Interpreter.TWO_PRODUCTS, join(a.inputs(), b.inputs()));
        }
        if (lone(a, Op.MULTIPLY) || lone(b, Op.MULTIPLY)) {
            Value product = lone(a, Op.MULTIPLY) ? a : b;
            Value term = product == a ? b : a;
            return inner(product, Op.ADD)
                    .map(it -> new Step(Interpreter.ADD_MULTIPLY_ADD, join(it.operands(), List.of(term))))
                    .orElseGet(() -> new Step(Interpreter.MULTIPLY_ADD, join(product.inputs(), List.of(term))));
        }
        if (lone(a, Op.ADD) || lone(b, Op.ADD)) {
            Value inner = lone(a, Op.ADD) ? a : b;
            return new Step(Interpreter.ADD3, join(inner.inputs(), List.of(inner == a ? b : a)));
        }
        return Step.of(Interpreter.ADD, a, b);
    }

    private Step product(Value a, Value b) {
        if (lone(a, Op.SIGMOID) || lone(b, Op.SIGMOID)) {
            Value sigmoid = lone(a, Op.SIGMOID) ? a : b;
            return new Step(Interpreter.SIGMOID_MULTIPLY, join(sigmoid.inputs(), List.of(sigmoid == a ? b : a)));
        }
        if (lone(a, Op.MULTIPLY) || lone(b, Op.MULTIPLY)) {
            Value inner = lone(a, Op.MULTIPLY) ? a : b;
            return new Step(Interpreter.MULTIPLY3, join(inner.inputs(), List.of(inner == a ? b : a)));
        }
        if (lone(a, Op.ADD) || lone(b, Op.ADD)) {
            Value inner = lone(a, Op.ADD) ? a : b;
            return new Step(Interpreter.ADD_MULTIPLY, join(inner.inputs(), List.of(inner == a ? b : a)));
        }
        return Step.of(Interpreter.MULTIPLY, a, b);
    }

    /** A product with one factor that is made so: that one's operands, then the other factor. */
    private Optional<Step> inner(Value product, Op op) {
        Value a = product.inputs().get(0);
        Value b = product.inputs().get(1);
        if (lone(a, op) || lone(b, op)) {
            Value inner = lone(a, op) ? a : b;
            return Optional.of(new Step(0, join(inner.inputs(), List.of(inner == a ? b : a))));
        }
        return Optional.empty();
    }

    /** The first operand may be a product. */
    private Step gate(List<Value> in, int plain, int ofProduct) {
        return lone(in.getFirst(), Op.MULTIPLY)
                ? new Step(ofProduct, join(in.getFirst().inputs(), in.subList(1, in.size())))
                : new Step(plain, in);
    }

    private static List<Value> join(List<Value> first, List<Value> then) {
        List<Value> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
