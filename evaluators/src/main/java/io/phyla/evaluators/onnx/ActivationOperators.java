package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Expression.Affine;
import io.phyla.evaluators.onnx.Expression.Clip;
import io.phyla.evaluators.onnx.Expression.Curve;
import io.phyla.evaluators.onnx.Expression.Product;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Shape;
import java.util.List;

/** Functions of one element, and softmax. */
final class ActivationOperators {

    private ActivationOperators() {}

    static Value relu(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        return operation.express(
                new Clip(0, Double.POSITIVE_INFINITY, operation.settling().argument(of)), of.view());
    }

    static Value clip(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        boolean attributes = operation.opset() < 11;
        double low = attributes
                ? operation.attributes().any("min", -Float.MAX_VALUE)
                : operation.given(1) ? operation.scalar(1) : Double.NEGATIVE_INFINITY;
        double high = attributes
                ? operation.attributes().any("max", Float.MAX_VALUE)
                : operation.given(2) ? operation.scalar(2) : Double.POSITIVE_INFINITY;
        if (!(low <= high)) {
            throw new Refusal("its minimum " + low + " is above its maximum " + high);
        }
        return operation.express(new Clip(unbounded(low), unbounded(high), of.expression()), of.view());
    }

    /** The largest float is how exporters write that there is no bound. */
    private static double unbounded(double bound) {
        return (float) Math.abs(bound) == Float.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, bound) : bound;
    }

    static Value sigmoid(Operation operation) throws Refusal {
        return curve(operation, Curve.Kind.SIGMOID);
    }

    static Value tanh(Operation operation) throws Refusal {
        return curve(operation, Curve.Kind.TANH);
    }

    static Value erf(Operation operation) throws Refusal {
        return curve(operation, Curve.Kind.ERF);
    }

    private static Value curve(Operation operation, Curve.Kind kind) throws Refusal {
        Signal of = operation.signal(0);
        return operation.express(new Curve(kind, operation.settling().argument(of)), of.view());
    }

    static Value hardSigmoid(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        double alpha = operation.attributes().real("alpha", 0.2);
        double beta = operation.attributes().real("beta", 0.5);
        if (Math.abs(alpha - 1.0 / 6) > 1e-6 || Math.abs(beta - 0.5) > 1e-6) {
            throw new Refusal("there is no layer for alpha = " + alpha + " and beta = " + beta
                    + "; alpha = 1/6 and beta = 0.5 can be read");
        }
        Expression argument = operation.settling().argument(of);
        return operation.express(new Clip(0, 1, new Affine(1.0 / 6, 0.5, argument)), of.view());
    }

    static Value hardSwish(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        Expression argument = operation.settling().argument(of);
        Expression gate = new Clip(0, 1, new Affine(1.0 / 6, 0.5, argument));
        return operation.express(new Product(argument, gate), of.view());
    }

    static Value swish(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        double alpha = operation.attributes().real("alpha", 1);
        if (alpha != 1) {
            throw new Refusal("there is no layer for alpha = " + alpha + "; 1 can be read");
        }
        return function(operation, of, new Layer.Activation(Function.SWISH));
    }

    static Value gelu(Operation operation) throws Refusal {
        operation.attributes().only("approximate", "none");
        Signal of = operation.signal(0);
        return function(operation, of, new Layer.Activation(Function.GELU));
    }

    static Value leakyRelu(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        return function(
                operation, of, new Layer.LeakyRelu(operation.attributes().real("alpha", 0.01)));
    }

    /** One slope for all is a leaky ReLU. */
    static Value parametricRelu(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        float[] slopes = operation.finite(1, operation.real(1).values());
        for (float slope : slopes) {
            if (slope != slopes[0]) {
                throw new Refusal("there is no layer with slopes that differ");
            }
        }
        if (slopes.length == 0) {
            throw new Refusal("it has no slope");
        }
        return function(operation, of, new Layer.LeakyRelu(Double.parseDouble(Float.toString(slopes[0]))));
    }

    private static Value function(Operation operation, Signal of, Layer layer) throws Refusal {
        return operation.add(layer, of.view(), operation.settling().layer(of));
    }

    /** Over the channels or equal blocks of them; before opset 13 over all dimensions from the axis on. */
    static Value softmax(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        boolean joint = operation.opset() < 13;
        int dim = operation.dim(operation.attributes().integer("axis", joint ? 1 : -1), of);
        int layer = operation.settling().layer(of);
        Shape shape = operation.assembly().shape(layer);
        List<Atom> over = parts(of.view(), dim, joint);
        if (!block(over)) {
            layer = operation.settling().map(of);
            shape = operation.assembly().shape(layer);
            of = of.as(View.usual(shape, of.view().dims().size()));
            over = parts(of.view(), dim, joint);
        }
        if (!block(over)) {
            throw new Refusal("there is no layer for a softmax of " + shape + " seen as " + of.view() + " along axis "
                    + (dim + 1) + (joint ? " and those behind it" : ""));
        }
        int size = over.isEmpty() ? 1 : over.getFirst().size();
        return operation.add(new Layer.Softmax(shape.channels() / size), of.view(), layer);
    }

    private static List<Atom> parts(View view, int dim, boolean joint) {
        return new View(view.dims().subList(dim, joint ? view.dims().size() : dim + 1)).parts();
    }

    /** One element by itself is a block, too. */
    private static boolean block(List<Atom> over) {
        return over.isEmpty()
                || over.size() == 1
                        && over.getFirst().axis() == Atom.Axis.CHANNEL
                        && over.getFirst().stride() == 1;
    }
}
