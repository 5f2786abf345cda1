package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Value.Extent;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds values. What is made alike is made once, and factors and terms per channel are brought together, so that elements meet
 * them only once: (f * u) * w becomes f * (u * w), the sum of f * u becomes u times the sum of f.
 */
final class Graph {

    private final List<Value> values = new ArrayList<>();
    private final Map<Key, Value> known = new HashMap<>();
    private final double pixels;
    private final double batch;

    private record Key(Op op, List<Integer> inputs, double number, @Nullable Moment moment, @Nullable Axes axes) {}

    Graph(int batch, int pixels) {
        this.batch = batch;
        this.pixels = pixels;
    }

    /** All so far; what a value is made of comes before it. */
    List<Value> values() {
        return values;
    }

    Value stream(Op op) {
        return make(op, List.of(), 0, null, null, Extent.FULL);
    }

    Value given(Op op, double number) {
        return make(op, List.of(), number, null, null, Extent.BATCH);
    }

    Value constant(double number) {
        return given(Op.CONSTANT, number);
    }

    Value add(Value a, Value b) {
        if (isConstant(a, 0) || isConstant(b, 0)) {
            return isConstant(a, 0) ? b : a;
        }
        return regrouped(Op.ADD, a, b);
    }

    Value multiply(Value a, Value b) {
        if (isConstant(a, 1) || isConstant(b, 1)) {
            return isConstant(a, 1) ? b : a;
        }
        return a == b ? apply(Op.SQUARE, a) : regrouped(Op.MULTIPLY, a, b);
    }

    /** A term or factor per channel joins the one that is in there already. */
    private Value regrouped(Op op, Value a, Value b) {
        if (!a.full() || !b.full()) {
            Value elements = a.full() ? a : b;
            Value channels = a.full() ? b : a;
            if (elements.full() && elements.is(op)) {
                Value inner = elements.inputs().get(0);
                Value outer = elements.inputs().get(1);
                if (!outer.full()) {
                    return regrouped(op, inner, regrouped(op, outer, channels));
                }
            }
            return elements.full() ? apply(op, elements, channels) : ordered(op, a, b);
        }
        return ordered(op, a, b);
    }

    /** Both commute. */
    private Value ordered(Op op, Value a, Value b) {
        return a.id() <= b.id() ? apply(op, a, b) : apply(op, b, a);
    }

    Value scale(Value a, double factor) {
        return multiply(a, constant(factor));
    }

    Value apply(Op op, Value... inputs) {
        Extent extent = Extent.BATCH;
        for (Value input : inputs) {
            extent = extent.compareTo(input.extent()) < 0 ? input.extent() : extent;
        }
        return make(op, List.of(inputs), 0, null, null, extent);
    }

    Value moment(Moment moment, Axes axes, Value of) {
        Extent extent = axes == Axes.BATCH || of.extent() == Extent.BATCH ? Extent.BATCH : Extent.SAMPLE;
        return make(Op.MOMENT, List.of(of), 0, moment, axes, extent);
    }

    Value sumOfChannels(Axes axes, Value of) {
        return make(Op.SUM_OF_CHANNELS, List.of(of), 0, null, axes, of.extent());
    }

    /**
     * What arrives at a value that was spread over more elements, summed over those.
     *
     * @param over what it was spread over
     */
    Value sum(Value contribution, Extent over, Extent wanted) {
        Value it = contribution;
        if (over == Extent.FULL && wanted != Extent.FULL) {
            it = it.full() ? sumOfPixels(it) : scale(it, pixels);
        }
        if (over != Extent.BATCH && wanted == Extent.BATCH) {
            it = it.extent() == Extent.SAMPLE
                    ? make(Op.SUM_OF_SAMPLES, List.of(it), 0, null, null, Extent.BATCH)
                    : scale(it, batch);
        }
        return it;
    }

    private Value sumOfPixels(Value of) {
        if (of.is(Op.MULTIPLY)) {
            Value a = of.inputs().get(0);
            Value b = of.inputs().get(1);
            return b.full() ? sumOfProducts(a, b) : multiply(sumOfPixels(a), b);
        }
        if (of.is(Op.NEGATE)) {
            return apply(Op.NEGATE, sumOfPixels(of.first()));
        }
        return make(Op.SUM, List.of(of), 0, null, null, Extent.SAMPLE);
    }

    private Value sumOfProducts(Value a, Value b) {
        if (a.is(Op.MULTIPLY) && !a.inputs().get(1).full()) {
            return multiply(sumOfProducts(a.first(), b), a.inputs().get(1));
        }
        if (b.is(Op.MULTIPLY) && !b.inputs().get(1).full()) {
            return multiply(sumOfProducts(a, b.first()), b.inputs().get(1));
        }
        return make(
                Op.SUM_OF_PRODUCTS,
                a.id() <= b.id() ? List.of(a, b) : List.of(b, a),
                0,
                null,
                null,
                Extent.SAMPLE);
    }

    private static boolean isConstant(Value value, double number) {
        return value.is(Op.CONSTANT) && value.number() == number;
    }

    private Value make(
            Op op,
            List<Value> inputs,
            double number,
            @Nullable Moment moment,
            @Nullable Axes axes,
            Extent extent) {
        Key key = new Key(op, inputs.stream().map(Value::id).toList(), number, moment, axes);
        Value before = known.get(key);
        if (before != null) {
            return before;
        }
        Value made = new Value(values.size(), op, inputs, number, moment, axes, extent);
        values.add(made);
        known.put(key, made);
        return made;
    }

}
