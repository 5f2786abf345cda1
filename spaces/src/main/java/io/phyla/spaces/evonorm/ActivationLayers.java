package io.phyla.spaces.evonorm;

import static io.phyla.spaces.evonorm.Nodes.add;
import static io.phyla.spaces.evonorm.Nodes.div;
import static io.phyla.spaces.evonorm.Nodes.half;
import static io.phyla.spaces.evonorm.Nodes.mul;
import static io.phyla.spaces.evonorm.Nodes.neg;
import static io.phyla.spaces.evonorm.Nodes.one;
import static io.phyla.spaces.evonorm.Nodes.relu;
import static io.phyla.spaces.program.ProgramBuilder.X;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayer.Hand;
import io.phyla.spaces.program.ProgramBuilder;

/** Trained activations without a normalisation. */
final class ActivationLayers {

    private static final double[] LEAKY_RELU_NUMERATOR = {
        .0335581589, .5049940948, 1.6534163638, 2.0099850112, .9318900491, .1524224384
    };
    private static final double[] LEAKY_RELU_DENOMINATOR = {-5.7485e-5, 3.9802477854, -4.2530e-5, .3018338162};
    private static final double[] SWISH_NUMERATOR = {3.26e-7, .5, .25001695, .05327520, .00580458, .00027530};
    private static final double[] SWISH_DENOMINATOR = {3.917e-5, .10653084, 3.8e-6, .00055031};

    private static final double CORRECTION = 0.01;

    private ActivationLayers() {}

    /** CRReLU (Sun et al., arXiv 2405.12954): max(x, 0) + epsilon_weight * x * exp(-x^2 / 2). */
    static ReadyLayer corrected() {
        return new ReadyLayer("crrelu", false, LayerProgram.EPSILON, true, ActivationLayers::corrected);
    }

    private static int corrected(ProgramBuilder program, Hand hand) {
        int exponent = mul(program, neg(program, program.node(Operation.SQUARE, X)), half(program));
        int bell = mul(program, X, program.node(Operation.EXP, exponent));
        int weight = hand.vector(program, "epsilon_weight", CORRECTION, "v0");
        return add(program, relu(program, X), mul(program, weight, bell));
    }

    /** Swish with a trained slope (Ramachandran et al., arXiv 1710.05941): x * sigmoid(beta * x). */
    static ReadyLayer swish() {
        return new ReadyLayer("swish", false, LayerProgram.EPSILON, true, (program, hand) -> {
            int slope = mul(program, hand.vector(program, "beta", 1, "v1"), X);
            return mul(program, X, program.node(Operation.SIGMOID, slope));
        });
    }

    /** Begins as leaky ReLU with slope 0.01. */
    static ReadyLayer rational() {
        return rational("rational", LEAKY_RELU_NUMERATOR, LEAKY_RELU_DENOMINATOR);
    }

    /** Begins as Swish. */
    static ReadyLayer rationalSwish() {
        return rational("rational_swish", SWISH_NUMERATOR, SWISH_DENOMINATOR);
    }

    /**
     * Padé activation unit, its safe version B (Molina et al., arXiv 1907.06732):
     * (a0 + a1 x + ... + a5 x^5) / (1 + |b1 x + ... + b4 x^4|).
     */
    private static ReadyLayer rational(String name, double[] numerator, double[] denominator) {
        return new ReadyLayer(name, false, LayerProgram.EPSILON, false, (program, _) -> {
            int[] a = vectors(program, "a", 0, numerator);
            int[] b = vectors(program, "b", 1, denominator);
            int above = horner(program, a);
            int below = mul(program, horner(program, b), X);
            return div(program, above, add(program, one(program), program.node(Operation.ABS, below)));
        });
    }

    private static int[] vectors(ProgramBuilder program, String letter, int first, double[] initial) {
        int[] vectors = new int[initial.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = program.vector(letter + (first + i), initial[i]);
        }
        return vectors;
    }

    private static int horner(ProgramBuilder program, int[] coefficients) {
        int value = coefficients[coefficients.length - 1];
        for (int i = coefficients.length - 2; i >= 0; i--) {
            value = add(program, mul(program, value, X), coefficients[i]);
        }
        return value;
    }
}
