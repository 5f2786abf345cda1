package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_stream;

/**
 * The process's oneDNN: one engine, one stream, kernels of one instruction set, see {@link Instructions}.
 */
final class Dnnl {

    private static final dnnl_engine ENGINE;
    private static final dnnl_stream STREAM = new dnnl_stream();
    private static final dnnl_primitive_attr ATTRIBUTES = new dnnl_primitive_attr();

    static {
        Instructions.limit();
        // Kernels are shared by PrimitiveCache, whose size is known; a second cache below it would only hold memory.
        check(dnnl_set_primitive_cache_capacity(0), "switching the library's own cache off");
        ENGINE = new dnnl_engine();
        check(dnnl_engine_create(ENGINE, dnnl_cpu, 0), "creating the CPU engine");
        check(dnnl_stream_create(STREAM, ENGINE, dnnl_stream_default_flags), "creating a stream");
        check(dnnl_primitive_attr_create(ATTRIBUTES), "creating attributes");
        // Memory of a plan is counted before it is allocated; the library must not take more behind its back.
        check(
                dnnl_primitive_attr_set_scratchpad_mode(ATTRIBUTES, dnnl_scratchpad_mode_user),
                "choosing the scratchpad's owner");
    }

    private Dnnl() {}

    static dnnl_engine engine() {
        return ENGINE;
    }

    /** The CPU's stream runs each call to its end in the calling thread, so that threads may share it. */
    static dnnl_stream stream() {
        return STREAM;
    }

    static dnnl_primitive_attr attributes() {
        return ATTRIBUTES;
    }

    /** @throws IllegalStateException if a call did not succeed, saying what was attempted */
    static void check(int status, String attempt) {
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN answered with status " + status + " while " + attempt);
        }
    }
}
