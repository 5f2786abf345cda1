package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Shape;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Averages over windows. */
record PoolingKernels(Primitive forward, Primitive backward) implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward, backward);
    }

    /** One average pooling. */
    record Specification(
            int batch, Shape in, Shape out, Extent kernel, Extent stride, Extent padding, boolean countPadding)
            implements Kernels.Specification<PoolingKernels> {

        @Override
        public PoolingKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
            dnnl_memory_desc y = natives.description(dnnl_nhwc, batch, out.channels(), out.height(), out.width());
            int average = countPadding ? dnnl_pooling_avg_include_padding : dnnl_pooling_avg_exclude_padding;
            long[] strides = {stride.height(), stride.width()};
            long[] window = {kernel.height(), kernel.width()};
            long[] dilations = {0, 0};
            long[] pads = {padding.height(), padding.width()};
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_pooling_forward_primitive_desc_create(
                            run,
                            Dnnl.engine(),
                            dnnl_forward_training,
                            average,
                            x,
                            y,
                            strides,
                            window,
                            dilations,
                            pads,
                            pads,
                            Dnnl.attributes()),
                    "describing a pooling");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc back = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_pooling_backward_primitive_desc_create(
                            back,
                            Dnnl.engine(),
                            average,
                            x,
                            y,
                            strides,
                            window,
                            dilations,
                            pads,
                            pads,
                            run,
                            Dnnl.attributes()),
                    "describing a pooling's gradient");
            return new PoolingKernels(forward, natives.primitive(back));
        }
    }
}
