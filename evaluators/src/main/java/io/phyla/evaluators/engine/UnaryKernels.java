package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.stream.Stream;

/**
 * Kernels of a layer without parameters that makes one tensor of one tensor. In which dimensions they see the two is theirs
 * to say.
 *
 * @param reads what the backward run needs beside the gradient
 */
record UnaryKernels(Primitive forward, UnaryGradient backward, Reads reads) implements Kernels {

    UnaryKernels(Primitive forward, Primitive backward, Reads reads) {
        this(forward, new UnaryGradient.Native(backward), reads);
    }

    /** What of the forward run has to stay for the backward run. */
    enum Reads {
        NOTHING,
        INPUT,
        OUTPUT,
        /** Memory of the kernel's own, such as which element was the largest. */
        WORKSPACE
    }

    @Override
    public Stream<Primitive> primitives() {
        return switch (backward) {
            case UnaryGradient.Native(Primitive primitive) -> Stream.of(forward, primitive);
            case UnaryGradient.Own _ -> Stream.of(forward);
        };
    }

    /** Bytes in which the forward run leaves word for the backward run. */
    long workspaceBytes() {
        return dnnl_memory_desc_get_size(forward.layout(dnnl_query_workspace_md));
    }
}
