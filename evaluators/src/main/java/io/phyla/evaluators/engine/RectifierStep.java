package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import org.jspecify.annotations.Nullable;

/** A rectifier on its own. Its output stays until the next forward run, since its signs may be asked for. */
final class RectifierStep implements Step {

    private final RectifierKernels kernels;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call forward = Call.NONE;
    private Call backward = Call.NONE;

    RectifierStep(Compilation compilation, int input, Tensor y) {
        this.kernels = compilation.kernels(new RectifierKernels.Specification(y.batch(), y.shape()));
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        y.buffer().keep();
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
    }

    @Override
    public void bind(Bindings bindings) {
        forward = bindings.call(kernels.forward())
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_DST, y.memory())
                .ready();
        if (dy != null && dx != null) {
            backward = bindings.call(kernels.backward())
                    .with(DNNL_ARG_DST, y.memory())
                    .with(DNNL_ARG_DIFF_DST, dy.memory())
                    .with(DNNL_ARG_DIFF_SRC, dx.memory())
                    .ready();
        }
    }

    @Override
    public void forward(Mode mode) {
        forward.run();
        y.exponent(x.exponent());
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        backward.run();
        if (dy != null && dx != null) {
            dx.exponent(dy.exponent());
        }
    }
}
