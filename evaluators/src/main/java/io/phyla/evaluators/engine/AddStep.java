package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.util.List;

/** The sum of a node's inputs. Its gradient is that of each input, in the same memory. */
final class AddStep implements Step {

    private final List<Integer> inputs;
    private final Sum sum;

    AddStep(Compilation compilation, List<Integer> inputs, Tensor y) {
        this.inputs = inputs;
        this.sum = new Sum(compilation, inputs.stream().map(compilation::value).toList(), y);
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        for (int input : inputs) {
            compilation.contribute(input, gradient);
        }
    }

    @Override
    public void bind(Bindings bindings) {
        sum.bind(bindings);
    }

    @Override
    public void forward(Mode mode) {
        sum.run(mode);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {}
}
