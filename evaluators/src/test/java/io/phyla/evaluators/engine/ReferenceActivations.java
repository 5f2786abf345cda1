package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer.Activation.Function;

/** Element-wise functions and their derivatives as their definitions have them, in double. */
final class ReferenceActivations {

    private ReferenceActivations() {}

    static double value(Function function, double x) {
        return switch (function) {
            case RELU -> Math.max(0, x);
            case RELU6 -> Math.min(6, Math.max(0, x));
            case HARD_SIGMOID -> Math.min(6, Math.max(0, x + 3)) / 6;
            case HARD_SWISH -> x * value(Function.HARD_SIGMOID, x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SWISH -> x * value(Function.SIGMOID, x);
            case TANH -> Math.tanh(x);
            case GELU -> x * NormalDistribution.cumulative(x);
        };
    }

    static double slope(Function function, double x) {
        return switch (function) {
            case RELU -> x > 0 ? 1 : 0;
            case RELU6 -> x > 0 && x < 6 ? 1 : 0;
            case HARD_SIGMOID -> x > -3 && x < 3 ? 1.0 / 6 : 0;
            case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
            case SIGMOID -> value(function, x) * value(function, -x);
            case SWISH -> value(Function.SIGMOID, x) * (1 + (Math.abs(x) < 700 ? x * value(Function.SIGMOID, -x) : 0));
            case TANH -> 1 / (Math.cosh(x) * Math.cosh(x));
            case GELU -> NormalDistribution.cumulative(x) + (Math.abs(x) < 700 ? x * NormalDistribution.density(x) : 0);
        };
    }

    static double leak(double slope, double x) {
        return x > 0 ? x : slope * x;
    }

    /** Where the derivative jumps. */
    static double[] kinks(Function function) {
        return switch (function) {
            case RELU -> new double[] {0};
            case RELU6 -> new double[] {0, 6};
            case HARD_SIGMOID, HARD_SWISH -> new double[] {-3, 3};
            case SIGMOID, SWISH, TANH, GELU -> new double[] {};
        };
    }
}
