package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Layer.Activation.Function;
import java.util.List;

/** Element-wise functions. */
final class ActivationNodes {

    private static final int HARD_SWISH_OPERATOR = 14;
    private static final int GELU_OPERATOR = 20;

    private ActivationNodes() {}

    static void write(Site at, Function function) {
        List<String> x = at.inputs();
        switch (function) {
            case RELU -> at.last("Relu", x);
            case RELU6 -> at.last("Clip", List.of(at.input(), at.scalar("min", 0), at.scalar("max", 6)));
            case HARD_SIGMOID -> at.last("HardSigmoid", x, hardSigmoid());
            case HARD_SWISH -> {
                if (at.opset() >= HARD_SWISH_OPERATOR) {
                    at.last("HardSwish", x);
                } else {
                    at.last("Mul", List.of(at.input(), at.step("gate", "HardSigmoid", x, hardSigmoid())));
                }
            }
            case SIGMOID -> at.last("Sigmoid", x);
            case SWISH -> at.last("Mul", List.of(at.input(), at.step("gate", "Sigmoid", x)));
            case TANH -> at.last("Tanh", x);
            case GELU -> {
                if (at.opset() >= GELU_OPERATOR) {
                    at.last("Gelu", x);
                } else {
                    gelu(at);
                }
            }
        }
    }

    private static Attributes hardSigmoid() {
        return Attributes.of("alpha", 1.0 / 6).and("beta", 0.5);
    }

    /** x / 2 * (1 + erf(x / sqrt(2))). */
    private static void gelu(Site at) {
        String small = at.step("small", "Mul", List.of(at.input(), at.scalar("root", Math.sqrt(0.5))));
        String sum = at.step("sum", "Add", List.of(at.step("erf", "Erf", List.of(small)), at.scalar("one", 1)));
        String half = at.step("half", "Mul", List.of(at.input(), at.scalar("one_half", 0.5)));
        at.last("Mul", List.of(half, sum));
    }
}
