package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import java.util.List;

/** Several tensors added into one: a network's sum, or the gradients that meet at a value used more than once. */
final class Sum {

    private final SumKernels kernels;
    private final Tensor[] terms;
    private final Tensor total;
    private Call call = Call.NONE;

    Sum(Compilation compilation, List<Tensor> terms, Tensor total) {
        this.kernels = compilation.kernels(new SumKernels.Specification(total.batch(), total.shape(), terms.size()));
        this.terms = terms.toArray(Tensor[]::new);
        this.total = total;
        terms.forEach(compilation::use);
    }

    void bind(Bindings bindings) {
        Bindings.Arguments arguments = bindings.call(kernels.forward());
        for (int i = 0; i < terms.length; i++) {
            arguments.with(DNNL_ARG_MULTIPLE_SRC + i, terms[i].memory());
        }
        call = arguments.with(DNNL_ARG_DST, total.memory()).ready();
    }

    void run(Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> call.run();
            case FLOW -> Flow.sum(terms, total);
        }
    }
}
