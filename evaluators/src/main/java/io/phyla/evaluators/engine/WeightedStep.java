package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.jspecify.annotations.Nullable;

/**
 * A convolution or a linear layer. Weights are brought into the kernels' layout in every run, because an optimiser may have
 * changed them; that costs little beside the multiplication.
 */
final class WeightedStep implements Step {

    private final WeightedKernels kernels;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final @Nullable Buffer forwardWeights;
    private final @Nullable Buffer noBias;
    private @Nullable Buffer backwardWeights;
    private @Nullable Buffer weightGradient;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call arrange = Call.NONE;
    private Call forward = Call.NONE;
    private Call forwardWithoutBias = Call.NONE;
    private Call arrangeBackward = Call.NONE;
    private Call backwardData = Call.NONE;
    private Call backwardParameters = Call.NONE;
    private Call arrangeGradient = Call.NONE;
    private MemorySegment biases = MemorySegment.NULL;
    private @Nullable ParameterVector parameters;

    WeightedStep(
            Compilation compilation,
            int input,
            Tensor y,
            WeightedKernels kernels,
            Parameter weight,
            @Nullable Parameter bias) {
        this.kernels = kernels;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.weight = weight;
        this.bias = bias;
        this.forwardWeights = target(compilation, kernels.toForward());
        this.noBias = bias == null ? null : compilation.reserve((long) bias.size() * Float.BYTES);
        if (noBias != null) {
            noBias.pin();
        }
    }

    private static @Nullable Buffer target(Compilation compilation, Relayout relayout) {
        return relayout.reorder() == null ? null : compilation.reserve(dnnl_memory_desc_get_size(relayout.to()));
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
        x.buffer().keep();
        // Whoever watches a backward run is shown the output beside its gradient.
        y.buffer().keep();
        DepthwiseWeightGradient ownWeights = kernels.ownWeights();
        backwardWeights = dx == null ? null : target(compilation, kernels.toBackward());
        if (ownWeights != null) {
            weightGradient = compilation.reserve(ownWeights.shape().weightBytes());
        } else if (kernels.fromGradient().reorder() != null) {
            weightGradient = compilation.reserve(
                    dnnl_memory_desc_get_size(kernels.fromGradient().from()));
        }
    }

    @Override
    public void bind(Bindings bindings) {
        parameters = bindings.parameters();
        dnnl_memory output = bindings.memory(kernels.output(), y.buffer());
        Arranged weights = arrange(bindings, kernels.toForward(), forwardWeights);
        arrange = weights.call();
        forward = forward(bindings, weights, output, bias == null ? null : biasValues(bindings, bias));
        if (bias != null && noBias != null) {
            bindings.segment(noBias).fill((byte) 0);
            biases = parameters.values().segment(bias);
            forwardWithoutBias = forward(bindings, weights, output, bindings.memory(biasLayout(), noBias));
        } else {
            forwardWithoutBias = forward;
        }
        if (dy != null) {
            bindBackward(bindings, dy);
        }
    }

    private Call forward(Bindings bindings, Arranged weights, dnnl_memory output, @Nullable dnnl_memory summand) {
        Bindings.Arguments arguments = bindings.call(kernels.forward())
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_WEIGHTS, weights.memory())
                .with(DNNL_ARG_DST, output);
        if (summand != null) {
            arguments.with(DNNL_ARG_BIAS, summand);
        }
        return arguments.ready();
    }

    private void bindBackward(Bindings bindings, Tensor gradient) {
        if (dx != null) {
            bindData(bindings, gradient, dx);
        }
        DepthwiseWeightGradient own = kernels.ownWeights();
        Primitive kernel = kernels.backwardWeights();
        if (own != null && weightGradient != null) {
            bindOwnParameters(bindings, gradient, own, bindings.segment(weightGradient));
        } else if (kernel != null) {
            bindParameters(bindings, gradient, kernel);
        }
    }

    private void bindData(Bindings bindings, Tensor gradient, Tensor target) {
        Arranged weights = arrange(bindings, kernels.toBackward(), backwardWeights);
        arrangeBackward = weights.call();
        backwardData = bindings.call(kernels.backwardData())
                .with(DNNL_ARG_DIFF_DST, bindings.memory(kernels.output(), gradient.buffer()))
                .with(DNNL_ARG_WEIGHTS, weights.memory())
                .with(DNNL_ARG_DIFF_SRC, target.memory())
                .ready();
    }

    private void bindOwnParameters(
            Bindings bindings, Tensor gradient, DepthwiseWeightGradient own, MemorySegment taps) {
        TensorVector gradients = bindings.parameters().gradients();
        MemorySegment plain = gradients.segment(weight);
        MemorySegment source = x.segment();
        MemorySegment slope = gradient.segment();
        Call weights = () -> own.run(source, slope, taps);
        if (bias == null) {
            backwardParameters = weights;
        } else {
            MemorySegment ofBias = gradients.segment(bias);
            backwardParameters = () -> {
                weights.run();
                own.bias(slope, ofBias);
            };
        }
        arrangeGradient = () -> own.shape().fromTaps(taps, plain);
    }

    private void bindParameters(Bindings bindings, Tensor gradient, Primitive kernel) {
        Relayout back = kernels.fromGradient();
        dnnl_memory plain = bindings.gradient(weight, back.to());
        dnnl_memory computed = weightGradient == null ? plain : bindings.memory(back.from(), weightGradient);
        Bindings.Arguments arguments = bindings.call(kernel)
                .with(DNNL_ARG_SRC, x.memory())
                .with(DNNL_ARG_DIFF_DST, bindings.memory(kernels.output(), gradient.buffer()))
                .with(DNNL_ARG_DIFF_WEIGHTS, computed);
        if (bias != null) {
            arguments.with(DNNL_ARG_DIFF_BIAS, bindings.gradient(bias, biasLayout()));
        }
        backwardParameters = arguments.ready();
        if (back.reorder() != null) {
            arrangeGradient = bindings.call(back.reorder())
                    .with(DNNL_ARG_FROM, computed)
                    .with(DNNL_ARG_TO, plain)
                    .ready();
        }
    }

    /** Weights in a kernel's layout, and the call that brings them there. */
    private record Arranged(dnnl_memory memory, Call call) {}

    private Arranged arrange(Bindings bindings, Relayout relayout, @Nullable Buffer target) {
        dnnl_memory plain = bindings.values(weight, relayout.from());
        if (relayout.reorder() == null || target == null) {
            return new Arranged(plain, Call.NONE);
        }
        dnnl_memory arranged = bindings.memory(relayout.to(), target);
        return new Arranged(
                arranged,
                bindings.call(relayout.reorder())
                        .with(DNNL_ARG_FROM, plain)
                        .with(DNNL_ARG_TO, arranged)
                        .ready());
    }

    private dnnl_memory biasValues(Bindings bindings, Parameter values) {
        return bindings.values(values, biasLayout());
    }

    private dnnl_memory_desc biasLayout() {
        return Objects.requireNonNull(kernels.bias());
    }

    @Override
    public void forward(Mode mode) {
        arrange.run();
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> forward.run();
            case FLOW -> {
                forwardWithoutBias.run();
                y.exponent(x.exponent());
                Flow.normalise(y);
                if (bias != null) {
                    Flow.addBias(y, biases);
                }
            }
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        boolean data = input > 0 || wanted.images();
        if (data) {
            arrangeBackward.run();
            backwardData.run();
        }
        if (wanted.parameters()) {
            backwardParameters.run();
            arrangeGradient.run();
        }
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {}
            case FLOW -> scaleBackward(data, wanted.parameters());
        }
    }

    private void scaleBackward(boolean data, boolean ofParameters) {
        if (dy == null || parameters == null) {
            return;
        }
        if (ofParameters) {
            parameters.exponent(weight, x.exponent() + dy.exponent());
            if (bias != null) {
                parameters.exponent(bias, dy.exponent());
            }
        }
        if (data && dx != null) {
            dx.exponent(dy.exponent());
            Flow.normalise(dx);
        }
    }
}
