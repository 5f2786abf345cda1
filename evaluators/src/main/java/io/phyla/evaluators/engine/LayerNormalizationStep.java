package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.jspecify.annotations.Nullable;

/** Normalisation of each position over its channels, the same in training and inference. In FLOW it is the identity. */
final class LayerNormalizationStep implements Step {

    private final LayerNormalizationKernels kernels;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final Parameter scale;
    private final Parameter shift;
    private final Buffer mean;
    private final Buffer variance;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call forward = Call.NONE;
    private Call backward = Call.NONE;
    private MemorySegment scaleGradient = MemorySegment.NULL;
    private MemorySegment shiftGradient = MemorySegment.NULL;

    LayerNormalizationStep(Compilation compilation, int input, Tensor y, double epsilon, List<Parameter> parameters) {
        this.kernels = compilation.kernels(new LayerNormalizationKernels.Specification(y.batch(), y.shape(), epsilon));
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.scale = parameters.get(0);
        this.shift = parameters.get(1);
        this.mean = compilation.reserve(kernels.statisticBytes());
        this.variance = compilation.reserve(kernels.statisticBytes());
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        // The kernel writes this gradient in any case, so it needs memory even if nobody reads it.
        Tensor wanted = compilation.gradientOf(input);
        dx = wanted == null ? compilation.tensor(x.shape()) : wanted;
        x.buffer().keep();
        mean.keep();
        variance.keep();
    }

    @Override
    public void bind(Bindings bindings) {
        ParameterVector parameters = bindings.parameters();
        scaleGradient = parameters.gradients().segment(scale);
        shiftGradient = parameters.gradients().segment(shift);
        dnnl_memory source = bindings.memory(kernels.rows(), x.buffer());
        dnnl_memory means = bindings.memory(kernels.statistics(), mean);
        dnnl_memory variances = bindings.memory(kernels.statistics(), variance);
        dnnl_memory scales = bindings.values(scale, kernels.channels());
        forward = bindings.call(kernels.forward())
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DST, bindings.memory(kernels.rows(), y.buffer()))
                .with(DNNL_ARG_MEAN, means)
                .with(DNNL_ARG_VARIANCE, variances)
                .with(DNNL_ARG_SCALE, scales)
                .with(DNNL_ARG_SHIFT, bindings.values(shift, kernels.channels()))
                .ready();
        if (dy != null && dx != null) {
            backward = bindings.call(kernels.backward())
                    .with(DNNL_ARG_SRC, source)
                    .with(DNNL_ARG_MEAN, means)
                    .with(DNNL_ARG_VARIANCE, variances)
                    .with(DNNL_ARG_SCALE, scales)
                    .with(DNNL_ARG_DIFF_DST, bindings.memory(kernels.rows(), dy.buffer()))
                    .with(DNNL_ARG_DIFF_SRC, bindings.memory(kernels.rows(), dx.buffer()))
                    .with(DNNL_ARG_DIFF_SCALE, bindings.gradient(scale, kernels.channels()))
                    .with(DNNL_ARG_DIFF_SHIFT, bindings.gradient(shift, kernels.channels()))
                    .ready();
        }
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> forward.run();
            case FLOW -> Flow.copy(x, y);
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        switch (mode) {
            case TRAINING, FROZEN -> backward.run();
            case INFERENCE -> throw new IllegalStateException("there is no backward run of inference");
            case FLOW -> {
                scaleGradient.fill((byte) 0);
                shiftGradient.fill((byte) 0);
                if (dy != null && dx != null) {
                    Flow.copy(dy, dx);
                }
            }
        }
    }
}
