package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Shape;

/** What is known of an expression before it has become a layer. */
final class Expressions {

    private Expressions() {}

    /** The map behind it; that of a mean is what it is taken of. */
    static Shape shape(Expression expression, Assembly assembly) {
        return switch (expression) {
            case Expression.Output it -> assembly.shape(it.layer());
            case Expression.Affine it -> shape(it.of(), assembly);
            case Expression.Clip it -> shape(it.of(), assembly);
            case Expression.Curve it -> shape(it.of(), assembly);
            case Expression.Product it -> shape(it.a(), assembly);
            case Expression.Moment it -> shape(it.of().expression(), assembly);
        };
    }

    /** What it is made of must not change, for others read it. */
    static void pin(Expression expression, Assembly assembly) {
        switch (expression) {
            case Expression.Output it -> assembly.pin(it.layer());
            case Expression.Affine it -> pin(it.of(), assembly);
            case Expression.Clip it -> pin(it.of(), assembly);
            case Expression.Curve it -> pin(it.of(), assembly);
            case Expression.Product it -> {
                pin(it.a(), assembly);
                pin(it.b(), assembly);
            }
            case Expression.Moment it -> pin(it.of().expression(), assembly);
        }
    }
}
