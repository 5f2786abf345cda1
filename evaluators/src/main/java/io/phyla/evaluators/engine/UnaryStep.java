package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import org.bytedeco.dnnl.dnnl_memory;
import org.jspecify.annotations.Nullable;

/** One tensor made of one tensor without parameters: element-wise functions, softmax, pooling, enlarging. */
final class UnaryStep implements Step {

    private final UnaryKernels kernels;
    private final FlowRule rule;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final @Nullable Buffer workspace;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private Call forward = Call.NONE;
    private Call backward = Call.NONE;

    UnaryStep(
            Compilation compilation,
            int input,
            Tensor y,
            Kernels.Specification<UnaryKernels> specification,
            FlowRule rule) {
        this.kernels = compilation.kernels(specification);
        this.rule = rule;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.workspace = kernels.workspaceBytes() > 0 ? compilation.reserve(kernels.workspaceBytes()) : null;
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dx = compilation.gradientOf(input);
        if (dx == null) {
            return;
        }
        dy = gradient;
        switch (kernels.reads()) {
            case NOTHING, WORKSPACE -> {}
            case INPUT -> x.buffer().keep();
            case OUTPUT -> y.buffer().keep();
        }
        if (workspace != null) {
            workspace.keep();
        }
    }

    @Override
    public void bind(Bindings bindings) {
        dnnl_memory source = bindings.memory(kernels.forward().layout(dnnl_query_src_md), x.buffer());
        dnnl_memory target = bindings.memory(kernels.forward().layout(dnnl_query_dst_md), y.buffer());
        @Nullable
        dnnl_memory word = workspace == null
                ? null
                : bindings.memory(kernels.forward().layout(dnnl_query_workspace_md), workspace);
        Bindings.Arguments run =
                bindings.call(kernels.forward()).with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, target);
        if (word != null) {
            run.with(DNNL_ARG_WORKSPACE, word);
        }
        forward = run.ready();
        if (dy != null && dx != null) {
            backward = switch (kernels.backward()) {
                case UnaryGradient.Native(Primitive kernel) -> backward(bindings, kernel, source, target, word, dy, dx);
                case UnaryGradient.Own(UnaryGradient.Loops loops) -> own(loops, dy.segment(), dx.segment());
            };
        }
    }

    private Call backward(
            Bindings bindings,
            Primitive kernel,
            dnnl_memory source,
            dnnl_memory target,
            @Nullable dnnl_memory word,
            Tensor slope,
            Tensor result) {
        Bindings.Arguments arguments = bindings.call(kernel)
                .with(DNNL_ARG_DIFF_DST, bindings.memory(kernel.layout(dnnl_query_diff_dst_md), slope.buffer()))
                .with(DNNL_ARG_DIFF_SRC, bindings.memory(kernel.layout(dnnl_query_diff_src_md), result.buffer()));
        switch (kernels.reads()) {
            case NOTHING, WORKSPACE -> {}
            case INPUT -> arguments.with(DNNL_ARG_SRC, source);
            case OUTPUT -> arguments.with(DNNL_ARG_DST, target);
        }
        if (word != null) {
            arguments.with(DNNL_ARG_WORKSPACE, word);
        }
        return arguments.ready();
    }

    private Call own(UnaryGradient.Loops loops, MemorySegment slope, MemorySegment result) {
        MemorySegment output = y.segment();
        return () -> loops.run(output, slope, result);
    }

    @Override
    public void forward(Mode mode) {
        if (mode == Mode.FLOW && !rule.homogeneous()) {
            rule.forward(x, y);
            return;
        }
        forward.run();
        y.exponent(x.exponent());
        if (mode == Mode.FLOW) {
            Flow.normalise(y);
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null || dx == null) {
            return;
        }
        if (mode == Mode.FLOW && !rule.homogeneous()) {
            rule.backward(x, y, dy, dx);
            return;
        }
        backward.run();
        dx.exponent(dy.exponent());
        if (mode == Mode.FLOW) {
            Flow.normalise(dx);
        }
    }
}
