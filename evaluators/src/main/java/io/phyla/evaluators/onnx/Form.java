package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Expression.Affine;
import io.phyla.evaluators.onnx.Expression.Clip;
import io.phyla.evaluators.onnx.Expression.Curve;
import io.phyla.evaluators.onnx.Expression.Product;
import io.phyla.spaces.design.Layer.Activation.Function;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression as {@code scale * core + shift}, factors and summands pulled out as far as they go, so that the many ways to
 * write one function look alike.
 */
record Form(double scale, double shift, Expression core) {

    /** What models are written in is float. */
    private static final double PRECISION = 1e-6;

    static Form of(Expression expression) {
        return switch (expression) {
            case Affine it -> of(it.of()).affine(it.scale(), it.shift());
            case Clip it -> clip(it);
            case Expression.Output _, Curve _, Product _, Expression.Moment _ -> new Form(1, 0, expression);
        };
    }

    private Form affine(double factor, double summand) {
        return new Form(scale * factor, shift * factor + summand, core);
    }

    /** clip(low, high, a x + b) is a clip((low - b) / a, (high - b) / a, x) + b. */
    private static Form clip(Clip clip) {
        Form inner = of(clip.of());
        if (!(Math.abs(inner.scale) > 0) || clip.low() > clip.high()) {
            return new Form(1, 0, clip);
        }
        double one = (clip.low() - inner.shift) / inner.scale;
        double other = (clip.high() - inner.shift) / inner.scale;
        return new Form(inner.scale, inner.shift, within(Math.min(one, other), Math.max(one, other), inner.core));
    }

    /** Two clips of one another are one, if their ranges meet. */
    private static Clip within(double low, double high, Expression core) {
        if (core instanceof Clip first && Math.max(low, first.low()) <= Math.min(high, first.high())) {
            return new Clip(Math.max(low, first.low()), Math.min(high, first.high()), first.of());
        }
        return new Clip(low, high, core);
    }

    /** An activation, and what is still to be done with it. */
    record Known(Function function, Expression of, double scale, double shift) {}

    /** The activation that this form is a multiple of. */
    Optional<Known> known() {
        return Optional.ofNullable(
                switch (core) {
                    case Clip it -> clipped(it);
                    case Curve it -> curve(it);
                    case Product it -> {
                        Known found = product(it.a(), of(it.b()));
                        yield found == null ? product(it.b(), of(it.a())) : found;
                    }
                    case Affine _, Expression.Output _, Expression.Moment _ -> null;
                });
    }

    private @Nullable Known clipped(Clip clip) {
        if (clip.low() == 0 && clip.high() == Double.POSITIVE_INFINITY) {
            return new Known(Function.RELU, clip.of(), scale, shift);
        } else if (clip.low() == 0 && near(clip.high(), 6)) {
            return new Known(Function.RELU6, clip.of(), scale, shift);
        } else if (near(clip.low(), -3) && near(clip.high(), 3)) {
            return new Known(Function.HARD_SIGMOID, clip.of(), rounded(6 * scale), difference(shift, 3 * scale));
        }
        return null;
    }

    private @Nullable Known curve(Curve curve) {
        return switch (curve.kind()) {
            case SIGMOID -> new Known(Function.SIGMOID, curve.of(), scale, shift);
            case TANH -> new Known(Function.TANH, curve.of(), scale, shift);
            case ERF -> null;
        };
    }

    /** x times a gate that is a function of x. */
    private @Nullable Known product(Expression factor, Form gate) {
        Expression inner =
                gate.core instanceof Clip clip ? clip.of() : gate.core instanceof Curve curve ? curve.of() : gate.core;
        Form x = factor.equals(inner) ? new Form(1, 0, inner) : of(factor);
        double all = scale * x.scale * gate.scale;
        double level = gate.shift / gate.scale;
        if (x.shift != 0 || !Double.isFinite(level)) {
            return null;
        }
        boolean same = x.core.equals(inner);
        return switch (gate.core) {
            case Clip it
            when same && near(it.low(), -3) && near(it.high(), 3) && near(level, 3) ->
                new Known(Function.HARD_SWISH, inner, rounded(6 * all), shift);
            case Curve it
            when same && it.kind() == Curve.Kind.SIGMOID && level == 0 ->
                new Known(Function.SWISH, inner, rounded(all), shift);
            case Curve it when it.kind() == Curve.Kind.ERF && near(level, 1) -> gelu(x, of(inner), all);
            case Clip _, Curve _, Affine _, Product _, Expression.Output _, Expression.Moment _ -> null;
        };
    }

    /** x (1 + erf(x / sqrt(2))) is twice the activation. */
    private @Nullable Known gelu(Form x, Form argument, double all) {
        return argument.shift == 0 && argument.core.equals(x.core) && near(argument.scale, Math.sqrt(0.5))
                ? new Known(Function.GELU, x.core, rounded(2 * all), shift)
                : null;
    }

    private static boolean near(double value, double expected) {
        return Math.abs(value - expected) <= PRECISION * Math.max(1, Math.abs(expected));
    }

    /** Away from what only the rounding of constants has left of 1. */
    private static double rounded(double value) {
        double whole = Math.rint(value);
        return Math.abs(value - whole) <= PRECISION * Math.abs(whole) ? whole : value;
    }

    /** Nothing if it is what only the rounding of constants has left. */
    private static double difference(double a, double b) {
        return Math.abs(a - b) <= PRECISION * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
    }
}
