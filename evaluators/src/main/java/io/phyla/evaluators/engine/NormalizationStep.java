package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.dnnl.dnnl_memory;
import org.jspecify.annotations.Nullable;

/** Batch normalisation, with the rectifier behind it fused in if that is its only reader. In FLOW it is the identity. */
final class NormalizationStep implements Step {

    private final NormalizationKernels kernels;
    private final boolean rectified;
    private final double epsilon;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final Parameter scale;
    private final Parameter shift;
    private final Buffer mean;
    private final Buffer variance;
    private final @Nullable Buffer workspace;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call forward = Call.NONE;
    private Call backward = Call.NONE;
    private MemorySegment scaleGradient = MemorySegment.NULL;
    private MemorySegment shiftGradient = MemorySegment.NULL;
    private MemorySegment means = MemorySegment.NULL;
    private MemorySegment variances = MemorySegment.NULL;
    private MemorySegment scales = MemorySegment.NULL;
    private MemorySegment shifts = MemorySegment.NULL;

    NormalizationStep(
            Compilation compilation,
            int input,
            Tensor y,
            double epsilon,
            boolean rectified,
            Parameter scale,
            Parameter shift) {
        this.kernels =
                compilation.kernels(new NormalizationKernels.Specification(y.batch(), y.shape(), epsilon, rectified));
        this.rectified = rectified;
        this.epsilon = epsilon;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.scale = scale;
        this.shift = shift;
        long bytes = (long) y.shape().channels() * Float.BYTES;
        this.mean = compilation.reserve(bytes);
        this.variance = compilation.reserve(bytes);
        this.workspace = kernels.workspaceBytes() > 0 ? compilation.reserve(kernels.workspaceBytes()) : null;
        if (rectified) {
            y.buffer().keep();
            // The value in front of the rectifier is never stored; these give it back to whoever asks for it.
            x.buffer().keep();
            mean.keep();
            variance.keep();
        }
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
        if (workspace != null) {
            workspace.keep();
        }
    }

    @Override
    public void bind(Bindings bindings) {
        means = bindings.segment(mean);
        variances = bindings.segment(variance);
        ParameterVector parameters = bindings.parameters();
        scales = parameters.segment(parameters.values(), scale);
        shifts = parameters.segment(parameters.values(), shift);
        scaleGradient = parameters.segment(parameters.gradients(), scale);
        shiftGradient = parameters.segment(parameters.gradients(), shift);
        dnnl_memory meanMemory = bindings.memory(kernels.channels(), mean);
        dnnl_memory varianceMemory = bindings.memory(kernels.channels(), variance);
        dnnl_memory scaleMemory = bindings.values(scale, kernels.channels());
        Bindings.Arguments run = bindings.call(kernels.forward())
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_DST, y.memory())
                .with(DNNL_ARG_MEAN, meanMemory)
                .with(DNNL_ARG_VARIANCE, varianceMemory)
                .with(DNNL_ARG_SCALE, scaleMemory)
                .with(DNNL_ARG_SHIFT, bindings.values(shift, kernels.channels()));
        dnnl_memory mask = workspace == null
                ? null
                : bindings.memory(kernels.forward().layout(dnnl_query_workspace_md), workspace);
        if (mask != null) {
            run.with(DNNL_ARG_WORKSPACE, mask);
        }
        forward = run.ready();
        if (dy != null && dx != null) {
            Bindings.Arguments back = bindings.call(kernels.backward())
                    .with(DNNL_ARG_SRC, x.memory())
                    .with(DNNL_ARG_MEAN, meanMemory)
                    .with(DNNL_ARG_VARIANCE, varianceMemory)
                    .with(DNNL_ARG_SCALE, scaleMemory)
                    .with(DNNL_ARG_DIFF_DST, dy.memory())
                    .with(DNNL_ARG_DIFF_SRC, dx.memory())
                    .with(DNNL_ARG_DIFF_SCALE, bindings.gradient(scale, kernels.channels()))
                    .with(DNNL_ARG_DIFF_SHIFT, bindings.gradient(shift, kernels.channels()));
            if (mask != null) {
                back.with(DNNL_ARG_WORKSPACE, mask);
            }
            backward = back.ready();
        }
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING -> forward.run();
            case FLOW -> {
                if (rectified) {
                    Flow.rectify(x, y);
                } else {
                    Flow.copy(x, y);
                }
            }
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        switch (mode) {
            case TRAINING -> backward.run();
            case FLOW -> {
                scaleGradient.fill((byte) 0);
                shiftGradient.fill((byte) 0);
                if (dy != null && dx != null) {
                    if (rectified) {
                        Flow.rectifyBackward(y, dy, dx);
                    } else {
                        Flow.copy(dy, dx);
                    }
                }
            }
        }
    }

    /** Of the last forward run's batch, one per channel. */
    double[] variance() {
        double[] copy = new double[x.shape().channels()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = variances.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return copy;
    }

    boolean rectified() {
        return rectified;
    }

    /** What went into the fused rectifier, N,H,W,C, worked out again from the input. */
    double[] unrectified(Mode mode) {
        double[] values = new double[x.elements()];
        int channels = x.shape().channels();
        for (int i = 0; i < values.length; i++) {
            int channel = i % channels;
            double value = x.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
            values[i] = switch (mode) {
                case FLOW -> value;
                case TRAINING ->
                    scales.getAtIndex(ValueLayout.JAVA_FLOAT, channel)
                                    * (value - means.getAtIndex(ValueLayout.JAVA_FLOAT, channel))
                                    / Math.sqrt(variances.getAtIndex(ValueLayout.JAVA_FLOAT, channel) + epsilon)
                            + shifts.getAtIndex(ValueLayout.JAVA_FLOAT, channel);
            };
        }
        return values;
    }
}
