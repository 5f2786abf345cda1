package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An activation in FLOW, on true values. Each result is worked out twice, once for the largest magnitude and once to be
 * stored with the power of two that follows from it, for nothing else would hold what float cannot.
 */
record ElementwiseFlow(FlowMath function, boolean readsOutput) implements FlowRule {

    /** Below 2^this a square is nothing beside 1, and doubles soon end. */
    private static final long VANISHING = -900;

    static FlowRule of(Layer.Activation.Function function) {
        return switch (function) {
            case RELU -> FlowRule.HOMOGENEOUS;
            case RELU6 -> new ElementwiseFlow(FlowMath.RELU6, true);
            case SIGMOID -> new ElementwiseFlow(FlowMath.SIGMOID, true);
            case TANH -> new ElementwiseFlow(FlowMath.TANH, true);
            case HARD_SIGMOID -> new ElementwiseFlow(FlowMath.HARD_SIGMOID, false);
            case HARD_SWISH -> new ElementwiseFlow(FlowMath.HARD_SWISH, false);
            case SWISH -> new ElementwiseFlow(FlowMath.SWISH, false);
            case GELU -> new ElementwiseFlow(FlowMath.GELU, false);
        };
    }

    @Override
    public void forward(Tensor x, Tensor y) {
        long power = x.exponent();
        boolean linear = function.vanishes() && power < VANISHING;
        double largest = 0;
        for (int i = 0; i < x.elements(); i++) {
            largest = Math.max(largest, Math.abs(value(get(x, i), power, linear)));
        }
        int shift = shift(largest);
        for (int i = 0; i < x.elements(); i++) {
            set(y, i, Math.scalb(value(get(x, i), power, linear), -shift));
        }
        y.exponent(largest == 0 ? 0 : shift + (function.share() || linear ? power : 0));
    }

    /** A mantissa of x's exponent for shares and vanishing arguments, else the value itself. */
    private double value(double mantissa, long power, boolean linear) {
        if (linear) {
            return function == FlowMath.RELU6 ? Math.max(0, mantissa) : mantissa;
        }
        double value = function.value(scaled(mantissa, power));
        return function.share() ? mantissa * value : value;
    }

    @Override
    public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx) {
        Tensor at = readsOutput ? y : x;
        // Scaling up a vanishing output leaves its derivative what it is at zero, or just above.
        long power = Math.max(at.exponent(), VANISHING);
        double largest = 0;
        for (int i = 0; i < dy.elements(); i++) {
            largest = Math.max(largest, Math.abs(get(dy, i) * function.slope(scaled(get(at, i), power))));
        }
        int shift = shift(largest);
        for (int i = 0; i < dy.elements(); i++) {
            set(dx, i, Math.scalb(get(dy, i) * function.slope(scaled(get(at, i), power)), -shift));
        }
        dx.exponent(largest == 0 ? 0 : shift + dy.exponent());
    }

    static int shift(double largest) {
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    static double scaled(double mantissa, long power) {
        return Math.scalb(mantissa, (int) Math.clamp(power, -4000, 4000));
    }

    static double get(Tensor tensor, int index) {
        MemorySegment segment = tensor.segment();
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    static void set(Tensor tensor, int index, double value) {
        tensor.segment().setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
    }
}
