package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * max(0, sum of inputs) in one pass: the end of a residual block, or with one input a rectifier on its own. The output is the
 * gate: where it is not 0 the gradient passes, and in a run in FROZEN also the sum, of whatever sign. So nothing else is laid
 * over it; its signs may be asked for, too. Gradients that arrive from several readers are added in the same pass that stops
 * them.
 */
final class RectifiedSumStep implements Step {

    private final int[] inputs;
    private final Tensor[] terms;
    private final Tensor y;
    private final int count;
    private Tensor[] arrived = {};
    private @Nullable Tensor dx;
    private MemorySegment[] summands = {};

    RectifiedSumStep(Compilation compilation, List<Integer> inputs, Tensor y) {
        this.inputs = inputs.stream().mapToInt(Integer::intValue).toArray();
        this.terms = inputs.stream()
                .map(input -> compilation.use(compilation.value(input)))
                .toArray(Tensor[]::new);
        this.y = y;
        this.count = y.elements();
        compilation.gate(y);
    }

    @Override
    public boolean gathers() {
        return true;
    }

    @Override
    public void differentiate(List<Tensor> gradients, Compilation compilation) {
        arrived = gradients.toArray(Tensor[]::new);
        gradients.forEach(compilation::use);
        dx = compilation.tensor(y.shape());
        for (int input : inputs) {
            compilation.contribute(input, dx);
        }
    }

    @Override
    public void bind(Bindings bindings) {
        summands = Arrays.stream(terms).map(Tensor::segment).toArray(MemorySegment[]::new);
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING, INFERENCE -> rectify();
            case FROZEN -> Arithmetic.addThroughGate(summands, y.segment(), count);
            case FLOW -> {
                if (terms.length == 1) {
                    y.exponent(terms[0].exponent());
                    rectify();
                } else {
                    Flow.sum(terms, y);
                    Arithmetic.rectify(y.segment(), y.segment(), count);
                }
            }
        }
    }

    private void rectify() {
        if (terms.length == 1) {
            Arithmetic.rectify(terms[0].segment(), y.segment(), count);
        } else {
            MemorySegment most = sumOfAllButLast(terms, y.segment());
            Arithmetic.addAndRectify(most, terms[terms.length - 1].segment(), y.segment(), count);
        }
    }

    /** In the target's memory, or the first summand itself if it is the only one. */
    private MemorySegment sumOfAllButLast(Tensor[] summands, MemorySegment target) {
        MemorySegment sum = summands[0].segment();
        for (int i = 1; i < summands.length - 1; i++) {
            Arithmetic.add(sum, summands[i].segment(), target, count);
            sum = target;
        }
        return sum;
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dx == null) {
            return;
        }
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> pass(dx.segment());
            case FLOW -> {
                if (arrived.length == 1) {
                    dx.exponent(arrived[0].exponent());
                    pass(dx.segment());
                } else {
                    Flow.sum(arrived, dx);
                    Arithmetic.pass(y.segment(), dx.segment(), dx.segment(), count);
                }
            }
        }
    }

    private void pass(MemorySegment target) {
        if (arrived.length == 1) {
            Arithmetic.pass(y.segment(), arrived[0].segment(), target, count);
        } else {
            MemorySegment most = sumOfAllButLast(arrived, target);
            Arithmetic.addAndPass(y.segment(), most, arrived[arrived.length - 1].segment(), target, count);
        }
    }

    /** What went into the rectifier, N,H,W,C; its terms have to be there still. */
    double[] unrectified(Mode mode) {
        double[] values = new double[count];
        long common = mode == Mode.FLOW ? Flow.commonExponent(terms) : 0;
        for (Tensor term : terms) {
            float factor = mode == Mode.FLOW ? Flow.power(term.exponent() - common) : 1;
            for (int i = 0; i < count; i++) {
                values[i] += Lanes.get(term.segment(), i) * factor;
            }
        }
        return values;
    }
}
