package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import org.jspecify.annotations.Nullable;

/** A layer of one input that only moves elements; neither run reads anything of the other. */
final class RearrangeStep implements Step {

    private final Rearrangement rearrangement;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;

    RearrangeStep(Compilation compilation, int input, Tensor y, Rearrangement rearrangement) {
        this.rearrangement = rearrangement;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {
        rearrangement.forward(x.segment(), y.segment());
        exponent(mode, x, y);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy != null && dx != null && (input > 0 || wanted.images())) {
            rearrangement.backward(dy.segment(), dx.segment());
            exponent(mode, dy, dx);
        }
    }

    /** What was cut off may have been the largest. */
    private static void exponent(Mode mode, Tensor source, Tensor target) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {}
            case FLOW -> {
                target.exponent(source.exponent());
                Flow.normalise(target);
            }
        }
    }
}
