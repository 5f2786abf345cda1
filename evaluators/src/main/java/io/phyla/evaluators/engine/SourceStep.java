package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;

/** A value that does not come from other nodes: the images, which the plan writes, or zeros. */
final class SourceStep implements Step {

    private final Tensor y;
    private final boolean zero;

    private SourceStep(Tensor y, boolean zero) {
        this.y = y;
        this.zero = zero;
    }

    static SourceStep images(Tensor y) {
        y.buffer().pin();
        return new SourceStep(y, false);
    }

    static SourceStep zeros(Tensor y) {
        return new SourceStep(y, true);
    }

    /** The gradient to the images is read after the run, perhaps after the forward run was repeated for a value. */
    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        gradient.buffer().pin();
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {
        if (zero) {
            y.segment().fill((byte) 0);
        }
        y.exponent(0);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {}
}
