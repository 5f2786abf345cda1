package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Channels of several maps side by side; each input's gradient is its part of the output's. */
final class ConcatStep implements Step {

    private final int[] inputs;
    private final Tensor[] parts;
    private final Tensor y;
    private final int pixels;
    private final @Nullable Tensor[] gradients;
    private @Nullable Tensor dy;

    ConcatStep(Compilation compilation, List<Integer> inputs, Tensor y) {
        this.inputs = inputs.stream().mapToInt(Integer::intValue).toArray();
        this.parts = inputs.stream()
                .map(input -> compilation.use(compilation.value(input)))
                .toArray(Tensor[]::new);
        this.y = y;
        this.pixels = y.elements() / y.shape().channels();
        this.gradients = new @Nullable Tensor[parts.length];
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        for (int i = 0; i < inputs.length; i++) {
            gradients[i] = compilation.gradientOf(inputs[i]);
        }
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {
        long exponent = switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> 0;
            case FLOW -> Flow.commonExponent(parts);
        };
        int all = y.shape().channels();
        int at = 0;
        for (Tensor part : parts) {
            int channels = part.shape().channels();
            float factor = switch (mode) {
                case TRAINING, FROZEN, INFERENCE -> 1;
                case FLOW -> Flow.power(part.exponent() - exponent);
            };
            Rows.copy(part.segment(), 0, channels, y.segment(), at, all, channels, pixels, factor);
            at += channels;
        }
        y.exponent(exponent);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null) {
            return;
        }
        int all = y.shape().channels();
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            int channels = parts[i].shape().channels();
            Tensor gradient = gradients[i];
            if (gradient != null) {
                Rows.copy(dy.segment(), at, all, gradient.segment(), 0, channels, channels, pixels, 1);
                gradient.exponent(dy.exponent());
                switch (mode) {
                    case TRAINING, FROZEN, INFERENCE -> {}
                    case FLOW -> Flow.normalise(gradient);
                }
            }
            at += channels;
        }
    }
}
