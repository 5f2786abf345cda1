package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;

/** A kernel with its arguments, ready to run again and again without allocating. */
@FunctionalInterface
interface Call {

    /** Does nothing: for what a network does not need. */
    Call NONE = () -> {};

    void run();

    /** A kernel of oneDNN. */
    record Native(dnnl_primitive primitive, dnnl_exec_arg_t arguments, int count) implements Call {

        @Override
        public void run() {
            Dnnl.check(dnnl_primitive_execute(primitive, Dnnl.stream(), count, arguments), "running a kernel");
        }
    }
}
