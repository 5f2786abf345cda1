package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * Batch normalisation with scale and shift, optionally followed by a rectifier in one go.
 *
 * @param forward by the batch's own statistics
 * @param inference by given statistics
 * @param channels layout of mean, variance, scale, shift and their gradients
 */
record NormalizationKernels(Primitive forward, Primitive inference, Primitive backward, dnnl_memory_desc channels)
        implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward, inference, backward);
    }

    /** Bytes in which a fused rectifier remembers what it let through. */
    long workspaceBytes() {
        return dnnl_memory_desc_get_size(forward.layout(dnnl_query_workspace_md));
    }

    /** One normalisation over N,H,W. */
    record Specification(int batch, Shape shape, double epsilon, boolean rectified)
            implements Kernels.Specification<NormalizationKernels> {

        @Override
        public NormalizationKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, shape.channels(), shape.height(), shape.width());
            int flags = dnnl_use_scale | dnnl_use_shift | (rectified ? dnnl_fuse_norm_relu : 0);
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_batch_normalization_forward_primitive_desc_create(
                            run, Dnnl.engine(), dnnl_forward_training, x, x, (float) epsilon, flags, Dnnl.attributes()),
                    "describing a normalisation");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc given = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_batch_normalization_forward_primitive_desc_create(
                            given,
                            Dnnl.engine(),
                            dnnl_forward_inference,
                            x,
                            x,
                            (float) epsilon,
                            flags | dnnl_use_global_stats,
                            Dnnl.attributes()),
                    "describing a normalisation by moving statistics");
            Primitive inference = natives.primitive(given);
            dnnl_primitive_desc back = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_batch_normalization_backward_primitive_desc_create(
                            back,
                            Dnnl.engine(),
                            dnnl_backward,
                            x,
                            x,
                            x,
                            (float) epsilon,
                            flags,
                            run,
                            Dnnl.attributes()),
                    "describing a normalisation's gradient");
            return new NormalizationKernels(
                    forward, inference, natives.primitive(back), natives.description(dnnl_x, shape.channels()));
        }
    }
}
