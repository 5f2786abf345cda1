package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Expression.Affine;
import io.phyla.evaluators.onnx.Expression.Clip;
import io.phyla.evaluators.onnx.Expression.Curve;
import io.phyla.evaluators.onnx.Expression.Moment;
import io.phyla.evaluators.onnx.Expression.Output;
import io.phyla.evaluators.onnx.Expression.Product;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes layers of expressions, once each, and of views where a layer stands for them. */
final class Settling {

    /** Longer expressions become layers before they are gone on with. */
    private static final int LONGEST = 16;

    private final Assembly assembly;
    private final Map<Expression, Integer> settled = new IdentityHashMap<>();

    Settling(Assembly assembly) {
        this.assembly = assembly;
    }

    Signal bounded(Signal signal) throws Refusal {
        return signal.expression().size() <= LONGEST
                ? signal
                : new Signal(new Output(layer(signal)), signal.view(), signal.node(), signal.shared());
    }

    /** The same as a layer's output, if it has become a layer. */
    Signal current(Signal signal) {
        Integer layer = settled.get(signal.expression());
        return layer == null ? signal : new Signal(new Output(layer), signal.view(), signal.node(), signal.shared());
    }

    /** What is gone on with: an activation that is whole already becomes a layer under its own name. */
    Expression argument(Signal signal) throws Refusal {
        Form.Known known = Form.of(signal.expression()).known().orElse(null);
        return known != null && known.scale() == 1 && known.shift() == 0
                ? new Output(layer(signal))
                : signal.expression();
    }

    /** The layer that gives this signal's elements, the order of which is the view's affair. */
    int layer(Signal signal) throws Refusal {
        int layer;
        try {
            layer = layer(signal.expression(), signal);
        } catch (Refusal refusal) {
            throw new Refusal(refusal.fault(signal.node().label()).node(), String.valueOf(refusal.getMessage()));
        }
        if (signal.shared()) {
            assembly.pin(layer);
        }
        return layer;
    }

    private int layer(Expression expression, Signal signal) throws Refusal {
        if (expression instanceof Output output) {
            return output.layer();
        }
        Integer before = settled.get(expression);
        if (before != null) {
            return before;
        }
        Form form = Form.of(expression);
        Form.Known known = form.known().orElse(null);
        int layer = known == null
                ? unknown(expression, form, signal)
                : affine(
                        known.scale(),
                        known.shift(),
                        assembly.add(
                                signal.node().layer(),
                                new Layer.Activation(known.function()),
                                layer(known.of(), signal)),
                        signal);
        settled.put(expression, layer);
        return layer;
    }

    /** A clip that is none of a layer may be one of what a factor and a summand make of that. */
    private int unknown(Expression expression, Form form, Signal signal) throws Refusal {
        if (form.core() instanceof Clip) {
            if (expression instanceof Affine it) {
                return affine(it.scale(), it.shift(), layer(it.of(), signal), signal);
            } else if (expression instanceof Clip it && it.of() instanceof Affine of) {
                return layer(new Clip(it.low(), it.high(), new Output(layer(of, signal))), signal);
            }
        }
        return affine(form.scale(), form.shift(), core(form.core(), signal), signal);
    }

    private int affine(double scale, double shift, int layer, Signal signal) throws Refusal {
        if (scale == 1 && shift == 0) {
            return layer;
        }
        int channels = assembly.shape(layer).channels();
        assembly.requireRoom(channels);
        return Scaling.same(scale, shift, channels)
                .apply(assembly, layer, signal.node().layer());
    }

    private int core(Expression core, Signal signal) throws Refusal {
        return switch (core) {
            case Output it -> it.layer();
            case Product it -> {
                // Both factors may be made of one layer, which must not change for the first of them.
                Expressions.pin(it, assembly);
                yield assembly.add(
                        signal.node().layer(), new Layer.Multiply(), layer(it.a(), signal), layer(it.b(), signal));
            }
            case Clip it ->
                throw new Refusal("there is no layer that clips from " + it.low() + " to " + it.high()
                        + "; 0 to 6 and 0 to infinity can be read");
            case Curve _ -> throw new Refusal("there is no layer for the error function outside of GELU");
            case Moment it -> Moments.layer(it, this, assembly, signal.node());
            case Affine _ -> throw new IllegalStateException("a form's core is no affine expression");
        };
    }

    /** The layer whose C,H,W are the signal's dimensions; C,W if there are two. */
    int map(Signal signal) throws Refusal {
        int layer = layer(signal);
        Shape shape = assembly.shape(layer);
        View view = signal.view();
        if (view.equals(canonical(shape, view.dims().size()))) {
            return layer;
        }
        if (view.ordered(shape) && view.size(0) == shape.elements()) {
            return pin(assembly.add(signal.node().layer(), new Layer.Flatten(), layer), signal);
        }
        for (int factor = 2; factor <= shape.channels() / factor; factor++) {
            if (shape.channels() % (factor * factor) == 0 && view.equals(shuffled(shape, factor))) {
                return pin(assembly.add(signal.node().layer(), new Layer.PixelShuffle(factor), layer), signal);
            }
        }
        throw new Refusal(
                signal.node().label(),
                "there is no layer that arranges " + shape + " as " + view + ", which is needed after it");
    }

    private int pin(int layer, Signal signal) {
        if (signal.shared()) {
            assembly.pin(layer);
        }
        return layer;
    }

    private static View canonical(Shape shape, int dims) {
        boolean fits = dims > 2 || shape.height() == 1 && (dims == 2 || shape.width() == 1);
        return fits ? View.usual(shape, dims) : View.map(shape);
    }

    /** C*r*r,H,W seen as C,H*r,W*r. */
    private static View shuffled(Shape shape, int factor) {
        long square = (long) factor * factor;
        View split = View.map(shape)
                .reshape(List.of(shape.channels() / square, (long) factor, (long) factor, (long) shape.height(), (long)
                        shape.width()))
                .orElseThrow();
        return split.transpose(List.of(0, 3, 1, 4, 2))
                .reshape(List.of(
                        shape.channels() / square, (long) shape.height() * factor, (long) shape.width() * factor))
                .orElseThrow();
    }
}
