package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.jspecify.annotations.Nullable;

/** A kernel with its arguments, ready to run again and again without allocating. */
final class Call {

    /** Does nothing: for what a network does not need. */
    static final Call NONE = new Call(null, null, 0);

    private final @Nullable dnnl_primitive primitive;
    private final @Nullable dnnl_exec_arg_t arguments;
    private final int count;

    Call(@Nullable dnnl_primitive primitive, @Nullable dnnl_exec_arg_t arguments, int count) {
        this.primitive = primitive;
        this.arguments = arguments;
        this.count = count;
    }

    void run() {
        if (primitive != null) {
            Dnnl.check(dnnl_primitive_execute(primitive, Dnnl.stream(), count, arguments), "running a kernel");
        }
    }
}
