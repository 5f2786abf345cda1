package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.jspecify.annotations.Nullable;

/** Batch normalisation, with the rectifier behind it fused in if that is its only reader. In FLOW it is the
 * identity. */
final class NormalizationStep implements Step {

    private final NormalizationKernels kernels;
    private final boolean rectified;
    private final double epsilon;
    private final double momentum;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final Parameter scale;
    private final Parameter shift;
    private final Parameter movingMean;
    private final Parameter movingVariance;
    private final GatedNormalization gated;
    private final Buffer mean;
    private final Buffer variance;
    private final @Nullable Buffer workspace;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call forward = Call.NONE;
    private Call infer = Call.NONE;
    private Call backward = Call.NONE;
    private MemorySegment scaleGradient = MemorySegment.NULL;
    private MemorySegment shiftGradient = MemorySegment.NULL;
    private MemorySegment means = MemorySegment.NULL;
    private MemorySegment variances = MemorySegment.NULL;
    private MemorySegment scales = MemorySegment.NULL;
    private MemorySegment shifts = MemorySegment.NULL;
    private MemorySegment movingMeans = MemorySegment.NULL;
    private MemorySegment movingVariances = MemorySegment.NULL;

    NormalizationStep(
            Compilation compilation,
            int input,
            Tensor y,
            Layer.BatchNormalization layer,
            boolean rectified,
            List<Parameter> parameters,
            List<Parameter> statistics) {
        this.kernels = compilation.kernels(
                new NormalizationKernels.Specification(y.batch(), y.shape(), layer.epsilon(), rectified));
        this.rectified = rectified;
        this.epsilon = layer.epsilon();
        this.momentum = layer.momentum();
        this.gated = new GatedNormalization(y.shape().channels(), layer.epsilon());
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.scale = parameters.get(0);
        this.shift = parameters.get(1);
        this.movingMean = statistics.get(0);
        this.movingVariance = statistics.get(1);
        long bytes = (long) y.shape().channels() * Float.BYTES;
        this.mean = compilation.reserve(bytes);
        this.variance = compilation.reserve(bytes);
        this.workspace = kernels.workspaceBytes() > 0 ? compilation.reserve(kernels.workspaceBytes()) : null;
        // They enter the moving statistics, long after the forward run.
        mean.keep();
        variance.keep();
        if (rectified) {
            compilation.gate(y);
        }
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        // The kernel writes this gradient in any case, so it needs memory even if nobody reads it.
        Tensor wanted = compilation.gradientOf(input);
        dx = wanted == null ? compilation.tensor(x.shape()) : wanted;
        // The value in front of a fused rectifier is never stored; its input gives it back to whoever asks for it.
        x.buffer().keep();
        if (workspace != null) {
            workspace.pin();
        }
    }

    @Override
    public void bind(Bindings bindings) {
        means = bindings.segment(mean);
        variances = bindings.segment(variance);
        ParameterVector parameters = bindings.parameters();
        scales = parameters.values().segment(scale);
        shifts = parameters.values().segment(shift);
        scaleGradient = parameters.gradients().segment(scale);
        shiftGradient = parameters.gradients().segment(shift);
        movingMeans = parameters.statistics().segment(movingMean);
        movingVariances = parameters.statistics().segment(movingVariance);
        dnnl_memory meanMemory = bindings.memory(kernels.channels(), mean);
        dnnl_memory varianceMemory = bindings.memory(kernels.channels(), variance);
        dnnl_memory scaleMemory = bindings.values(scale, kernels.channels());
        dnnl_memory shiftMemory = bindings.values(shift, kernels.channels());
        infer = bindings.call(kernels.inference())
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_DST, y.memory())
                .with(DNNL_ARG_MEAN, bindings.statistic(movingMean, kernels.channels()))
                .with(DNNL_ARG_VARIANCE, bindings.statistic(movingVariance, kernels.channels()))
                .with(DNNL_ARG_SCALE, scaleMemory)
                .with(DNNL_ARG_SHIFT, shiftMemory)
                .ready();
        Bindings.Arguments run = bindings.call(kernels.forward())
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_DST, y.memory())
                .with(DNNL_ARG_MEAN, meanMemory)
                .with(DNNL_ARG_VARIANCE, varianceMemory)
                .with(DNNL_ARG_SCALE, scaleMemory)
                .with(DNNL_ARG_SHIFT, shiftMemory);
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
            case FROZEN -> {
                if (rectified) {
                    gated.run(x, y, means, variances, scales, shifts);
                } else {
                    forward.run();
                }
            }
            case INFERENCE -> infer.run();
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
            case TRAINING, FROZEN -> backward.run();
            case INFERENCE -> throw new IllegalStateException("there is no backward run of inference");
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

    @Override
    public double[] variance() {
        double[] copy = new double[x.shape().channels()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = variances.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return copy;
    }

    private double normalised(double value, int channel, MemorySegment mean, MemorySegment variance) {
        return scales.getAtIndex(ValueLayout.JAVA_FLOAT, channel)
                        * (value - mean.getAtIndex(ValueLayout.JAVA_FLOAT, channel))
                        / Math.sqrt(variance.getAtIndex(ValueLayout.JAVA_FLOAT, channel) + epsilon)
                + shifts.getAtIndex(ValueLayout.JAVA_FLOAT, channel);
    }

    @Override
    public void track(double share) {
        double weight = Double.isNaN(share) ? momentum : share;
        long count = (long) x.elements() / x.shape().channels();
        double unbiased = count > 1 ? (double) count / (count - 1) : 1;
        for (int channel = 0; channel < x.shape().channels(); channel++) {
            average(movingMeans, channel, weight, means.getAtIndex(ValueLayout.JAVA_FLOAT, channel));
            average(movingVariances, channel, weight, unbiased * variances.getAtIndex(ValueLayout.JAVA_FLOAT, channel));
        }
    }

    private static void average(MemorySegment moving, int channel, double weight, double value) {
        double old = moving.getAtIndex(ValueLayout.JAVA_FLOAT, channel);
        moving.setAtIndex(ValueLayout.JAVA_FLOAT, channel, (float) ((1 - weight) * old + weight * value));
    }

    boolean rectified() {
        return rectified;
    }

    /** Whether {@link #unrectified} can be asked at any time after a forward run. */
    boolean keepsInput() {
        return x.buffer().kept();
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
                case TRAINING, FROZEN -> normalised(value, channel, means, variances);
                case INFERENCE -> normalised(value, channel, movingMeans, movingVariances);
            };
        }
        return values;
    }
}
