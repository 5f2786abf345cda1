package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** max(0, x); the backward run reads the output, so that the input's memory is free after the forward run. */
record RectifierKernels(Primitive forward, Primitive backward) implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward, backward);
    }

    /** One rectifier. */
    record Specification(int batch, Shape shape) implements Kernels.Specification<RectifierKernels> {

        @Override
        public RectifierKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, shape.channels(), shape.height(), shape.width());
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_eltwise_forward_primitive_desc_create(
                            run,
                            Dnnl.engine(),
                            dnnl_forward_training,
                            dnnl_eltwise_relu_use_dst_for_bwd,
                            x,
                            x,
                            0,
                            0,
                            Dnnl.attributes()),
                    "describing a rectifier");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc back = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_eltwise_backward_primitive_desc_create(
                            back,
                            Dnnl.engine(),
                            dnnl_eltwise_relu_use_dst_for_bwd,
                            x,
                            x,
                            x,
                            0,
                            0,
                            run,
                            Dnnl.attributes()),
                    "describing a rectifier's gradient");
            return new RectifierKernels(forward, natives.primitive(back));
        }
    }
}
