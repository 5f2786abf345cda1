package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;

/** A node whose work its input's step does along with its own: a rectifier fused into the normalisation before it. */
final class AliasStep implements Step {

    private final int input;

    AliasStep(int input) {
        this.input = input;
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        compilation.contribute(input, gradient);
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {}

    @Override
    public void backward(Mode mode, Wanted wanted) {}
}
