package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.UnaryKernels.Reads;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Averages or maxima over windows. A maximum's forward run remembers where it was, the first of equals. */
record PoolingSpecification(int batch, Shape in, Shape out, Layer.Pooling layer)
        implements Kernels.Specification<UnaryKernels> {

    @Override
    public UnaryKernels create(Natives natives) {
        dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
        dnnl_memory_desc y = natives.description(dnnl_nhwc, batch, out.channels(), out.height(), out.width());
        int algorithm = switch (layer.kind()) {
            case AVERAGE -> layer.countPadding() ? dnnl_pooling_avg_include_padding : dnnl_pooling_avg_exclude_padding;
            case MAXIMUM -> dnnl_pooling_max;
        };
        long[] strides = {layer.stride().height(), layer.stride().width()};
        long[] window = {layer.kernel().height(), layer.kernel().width()};
        long[] dilations = {0, 0};
        long[] pads = {layer.padding().height(), layer.padding().width()};
        dnnl_primitive_desc run = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_pooling_forward_primitive_desc_create(
                        run,
                        Dnnl.engine(),
                        dnnl_forward_training,
                        algorithm,
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
                        algorithm,
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
        Reads reads = switch (layer.kind()) {
            case AVERAGE -> Reads.NOTHING;
            case MAXIMUM -> Reads.WORKSPACE;
        };
        return new UnaryKernels(forward, natives.primitive(back), reads);
    }
}
