package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.util.List;

/** A node whose output is that of an earlier one: a rectifier fused into the step before it, or the same as another. */
final class AliasStep implements Step {

    private final int origin;

    AliasStep(int origin) {
        this.origin = origin;
    }

    @Override
    public boolean gathers() {
        return true;
    }

    /** Whoever does the work adds them up with what arrives there. */
    @Override
    public void differentiate(List<Tensor> gradients, Compilation compilation) {
        gradients.forEach(gradient -> compilation.contribute(origin, gradient));
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {}

    @Override
    public void backward(Mode mode, Wanted wanted) {}
}
