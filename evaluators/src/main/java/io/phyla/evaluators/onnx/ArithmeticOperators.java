package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Expression.Affine;
import io.phyla.evaluators.onnx.Expression.Product;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums and products of two tensors, one of which may be a constant. */
final class ArithmeticOperators {

    private ArithmeticOperators() {}

    static Value add(Operation operation) throws Refusal {
        if (operation.constant(0) || operation.constant(1)) {
            int constant = operation.constant(0) ? 0 : 1;
            return withConstant(operation, 1 - constant, constant, value -> new double[] {1, value});
        }
        return sum(operation, List.of(operation.signal(0), operation.signal(1)));
    }

    static Value sumOfMany(Operation operation) throws Refusal {
        List<Signal> terms = new ArrayList<>();
        for (int i = 0; i < operation.inputs(); i++) {
            terms.add(operation.signal(i));
        }
        return terms.size() == 1 ? operation.seen(terms.getFirst(), terms.getFirst().view()) : sum(operation, terms);
    }

    static Value subtract(Operation operation) throws Refusal {
        if (operation.constant(1)) {
            return withConstant(operation, 0, 1, value -> new double[] {1, -value});
        } else if (operation.constant(0)) {
            return withConstant(operation, 1, 0, value -> new double[] {-1, value});
        }
        Signal from = operation.signal(0);
        Signal what = operation.signal(1);
        return Moments.subtract(operation, from, what);
    }

    static Value multiply(Operation operation) throws Refusal {
        if (operation.constant(0) || operation.constant(1)) {
            int constant = operation.constant(0) ? 0 : 1;
            return withConstant(operation, 1 - constant, constant, value -> new double[] {value, 0});
        }
        Signal a = operation.signal(0);
        Signal b = operation.signal(1);
        if (Moments.square(a, b)) {
            return Moments.squared(operation, a);
        }
        if (a.view().equals(b.view()) && sameShape(operation, a, b)) {
            return operation.express(new Product(a.expression(), b.expression()), a.view());
        }
        return a.view().elements() >= b.view().elements() ? gate(operation, a, b) : gate(operation, b, a);
    }

    static Value divide(Operation operation) throws Refusal {
        if (operation.constant(1)) {
            return withConstant(operation, 0, 1, value -> new double[] {1 / value, 0});
        } else if (operation.constant(0)) {
            throw new Refusal("there is no layer that divides a constant");
        }
        return Moments.divide(operation, operation.signal(0), operation.signal(1));
    }

    static Value negate(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        return operation.express(new Affine(-1, 0, of.expression()), of.view());
    }

    private static boolean sameShape(Operation operation, Signal a, Signal b) throws Refusal {
        return Expressions.shape(a.expression(), operation.assembly())
                .equals(Expressions.shape(b.expression(), operation.assembly()));
    }

    private static Value sum(Operation operation, List<Signal> terms) throws Refusal {
        List<Integer> layers = new ArrayList<>();
        for (Signal term : terms) {
            layers.add(operation.settling().layer(term));
        }
        View view = terms.getFirst().view();
        Shape shape = operation.assembly().shape(layers.getFirst());
        boolean alike = true;
        for (int i = 1; i < terms.size(); i++) {
            alike &= terms.get(i).view().equals(view)
                    && operation.assembly().shape(layers.get(i)).equals(shape);
        }
        if (alike) {
            return operation.add(new Layer.Add(), view, layers.toArray(Integer[]::new));
        }
        for (Signal term : terms) {
            if (!term.view().sizes().equals(view.sizes())) {
                throw new Refusal("there is no layer that adds " + term.view() + " to " + view
                        + "; tensors of one shape and constants can be added");
            }
        }
        List<Integer> maps = new ArrayList<>();
        for (Signal term : terms) {
            maps.add(operation.settling().map(term));
        }
        Shape map = operation.assembly().shape(maps.getFirst());
        return operation.add(new Layer.Add(), View.usual(map, view.dims().size()), maps.toArray(Integer[]::new));
    }

    /** A map times one number for each of its channels. */
    private static Value gate(Operation operation, Signal map, Signal gate) throws Refusal {
        int of = operation.settling().layer(map);
        int by = operation.settling().layer(gate);
        Shape shape = operation.assembly().shape(of);
        Shape factors = operation.assembly().shape(by);
        if (gate.view().parts().equals(View.channels(shape)) && aligned(map.view(), gate.view())
                && factors.equals(new Shape(shape.channels(), 1, 1))) {
            return operation.add(new Layer.Multiply(), map.view(), of, by);
        }
        if (map.view().sizes().equals(gate.view().sizes())) {
            int a = operation.settling().map(map);
            int b = operation.settling().map(gate);
            return operation.add(
                    new Layer.Multiply(), View.usual(operation.assembly().shape(a), map.view().dims().size()), a, b);
        }
        throw new Refusal("there is no layer that multiplies " + map.view() + " by " + gate.view()
                + "; tensors of one shape and one factor for each channel can be multiplied");
    }

    private static boolean aligned(View map, View gate) {
        if (map.dims().size() != gate.dims().size()) {
            return false;
        }
        for (int i = 0; i < map.dims().size(); i++) {
            if (!gate.dims().get(i).isEmpty() && !gate.dims().get(i).equals(map.dims().get(i))) {
                return false;
            }
        }
        return true;
    }

    private interface Line {
        /** Factor and summand. */
        double[] of(double value);
    }

    private static Value withConstant(Operation operation, int signal, int constant, Line line) throws Refusal {
        Signal of = operation.signal(signal);
        Real numbers = operation.real(constant);
        operation.finite(constant, numbers.values());
        if (numbers.values().length == 1 && numbers.dims().size() <= of.view().dims().size() + 1) {
            double[] once = line.of(Double.parseDouble(Float.toString(numbers.values()[0])));
            requireFinite(operation, constant, once[0]);
            return operation.express(new Affine(once[0], once[1], of.expression()), of.view());
        }
        int layer = operation.settling().layer(of);
        View view = of.view();
        if (!Broadcast.perChannel(numbers.dims(), view, operation.assembly().shape(layer))) {
            layer = operation.settling().map(of);
            view = View.usual(operation.assembly().shape(layer), view.dims().size());
        }
        Shape shape = operation.assembly().shape(layer);
        if (!Broadcast.perChannel(numbers.dims(), view, shape)) {
            throw new Refusal("there is no layer that combines " + view + " with a constant of "
                    + Budget.shown(numbers.dims().stream().map(Integer::longValue).toList())
                    + "; one number and one for each channel can be read");
        }
        float[] scale = new float[shape.channels()];
        float[] shift = new float[shape.channels()];
        for (int i = 0; i < scale.length; i++) {
            double[] each = line.of(numbers.values()[i]);
            requireFinite(operation, constant, each[0]);
            scale[i] = (float) each[0];
            shift[i] = (float) each[1];
        }
        int scaled = new Scaling(scale, shift).apply(operation.assembly(), layer, operation.origin().layer());
        return operation.signal(scaled, view);
    }

    private static void requireFinite(Operation operation, int constant, double factor) throws Refusal {
        if (!Float.isFinite((float) factor)) {
            throw new Refusal(operation.named(constant) + " divides by 0");
        }
    }
}
