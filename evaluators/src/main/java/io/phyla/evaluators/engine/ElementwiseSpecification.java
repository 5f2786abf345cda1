package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** One function applied to every element. */
record ElementwiseSpecification(int batch, Shape shape, Elementwise function)
        implements Kernels.Specification<UnaryKernels> {

    @Override
    public UnaryKernels create(Natives natives) {
        dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, shape.channels(), shape.height(), shape.width());
        dnnl_primitive_desc run = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_eltwise_forward_primitive_desc_create(
                        run,
                        Dnnl.engine(),
                        dnnl_forward_training,
                        function.algorithm(),
                        x,
                        x,
                        function.alpha(),
                        function.beta(),
                        Dnnl.attributes()),
                "describing an activation");
        Primitive forward = natives.primitive(run);
        dnnl_primitive_desc back = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_eltwise_backward_primitive_desc_create(
                        back,
                        Dnnl.engine(),
                        function.algorithm(),
                        x,
                        x,
                        x,
                        function.alpha(),
                        function.beta(),
                        run,
                        Dnnl.attributes()),
                "describing an activation's gradient");
        return new UnaryKernels(forward, natives.primitive(back), function.reads());
    }
}
