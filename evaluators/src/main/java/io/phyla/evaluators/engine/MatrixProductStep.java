package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.jspecify.annotations.Nullable;

/** The product of two computed matrices per head. */
final class MatrixProductStep implements Step {

    private final MatrixProductKernels kernels;
    private final List<Integer> inputs;
    private final Tensor a;
    private final Tensor b;
    private final Tensor c;
    private @Nullable Tensor dc;
    private @Nullable Tensor da;
    private @Nullable Tensor db;
    private Call forward = Call.NONE;
    private Call toFirst = Call.NONE;
    private Call toSecond = Call.NONE;

    MatrixProductStep(Compilation compilation, List<Integer> inputs, Tensor c, Layer.MatrixProduct layer) {
        this.inputs = inputs;
        this.a = compilation.use(compilation.value(inputs.get(0)));
        this.b = compilation.use(compilation.value(inputs.get(1)));
        this.c = c;
        Shape first = a.shape();
        this.kernels = compilation.kernels(new MatrixProductKernels.Specification(
                c.batch(),
                layer.heads(),
                Math.multiplyExact(first.height(), first.width()),
                first.channels() / layer.heads(),
                c.shape().channels() / layer.heads(),
                layer.transposed(),
                layer.scale()));
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dc = gradient;
        da = compilation.gradientOf(inputs.get(0));
        db = compilation.gradientOf(inputs.get(1));
        if (da != null) {
            b.buffer().keep();
        }
        if (db != null) {
            a.buffer().keep();
        }
    }

    @Override
    public void bind(Bindings bindings) {
        forward = product(bindings, kernels.forward(), a, b, c);
        if (dc != null && da != null) {
            toFirst = product(bindings, kernels.toFirst(), dc, b, da);
        }
        if (dc != null && db != null) {
            toSecond = kernels.secondAcross()
                    ? product(bindings, kernels.toSecond(), dc, a, db)
                    : product(bindings, kernels.toSecond(), a, dc, db);
        }
    }

    private static Call product(Bindings bindings, Primitive kernel, Tensor first, Tensor second, Tensor result) {
        dnnl_memory left = bindings.memory(kernel.layout(dnnl_query_src_md), first.buffer());
        dnnl_memory right = bindings.memory(kernel.layout(dnnl_query_weights_md), second.buffer());
        dnnl_memory target = bindings.memory(kernel.layout(dnnl_query_dst_md), result.buffer());
        return bindings.call(kernel)
                .with(DNNL_ARG_SRC, left)
                .with(DNNL_ARG_WEIGHTS, right)
                .with(DNNL_ARG_DST, target)
                .ready();
    }

    @Override
    public void forward(Mode mode) {
        forward.run();
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {}
            case FLOW -> scaleBy(a, b, c);
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        toFirst.run();
        toSecond.run();
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {}
            case FLOW -> {
                if (dc != null && da != null) {
                    scaleBy(dc, b, da);
                }
                if (dc != null && db != null) {
                    scaleBy(dc, a, db);
                }
            }
        }
    }

    /** Mantissas were multiplied, exponents add up. */
    private static void scaleBy(Tensor first, Tensor second, Tensor product) {
        product.exponent(first.exponent() + second.exponent());
        Flow.normalise(product);
    }
}
