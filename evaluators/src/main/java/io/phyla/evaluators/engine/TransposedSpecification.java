package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** A transposed convolution; weights I,O/groups,Kh,Kw. oneDNN counts what is cut off at the lower right end by itself. */
record TransposedSpecification(int batch, Shape in, Shape out, Layer.TransposedConvolution layer)
        implements Kernels.Specification<WeightedKernels> {

    @Override
    public WeightedKernels create(Natives natives) {
        refuseUnsound();
        dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
        dnnl_memory_desc y = natives.description(dnnl_nhwc, batch, out.channels(), out.height(), out.width());
        dnnl_memory_desc bias = layer.bias() ? natives.description(dnnl_x, out.channels()) : null;
        dnnl_memory_desc free = weights(natives, dnnl_format_tag_any, dnnl_format_tag_any);
        long[] strides = {layer.stride().height(), layer.stride().width()};
        long[] dilations = {layer.dilation().height() - 1, layer.dilation().width() - 1};
        long[] before = {layer.padding().height(), layer.padding().width()};
        long[] after = {
            (long) layer.padding().height() - layer.outputPadding().height(),
            (long) layer.padding().width() - layer.outputPadding().width()
        };
        dnnl_primitive_desc run = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_deconvolution_forward_primitive_desc_create(
                        run,
                        Dnnl.engine(),
                        dnnl_forward_training,
                        dnnl_deconvolution_direct,
                        x,
                        free,
                        bias,
                        y,
                        strides,
                        dilations,
                        before,
                        after,
                        Dnnl.attributes()),
                "describing a transposed convolution");
        Primitive forward = natives.primitive(run);
        dnnl_primitive_desc data = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_deconvolution_backward_data_primitive_desc_create(
                        data,
                        Dnnl.engine(),
                        dnnl_deconvolution_direct,
                        x,
                        free,
                        y,
                        strides,
                        dilations,
                        before,
                        after,
                        run,
                        Dnnl.attributes()),
                "describing a transposed convolution's gradient to its input");
        Primitive backwardData = natives.primitive(data);
        dnnl_primitive_desc weights = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_deconvolution_backward_weights_primitive_desc_create(
                        weights,
                        Dnnl.engine(),
                        dnnl_deconvolution_direct,
                        x,
                        free,
                        bias,
                        y,
                        strides,
                        dilations,
                        before,
                        after,
                        run,
                        Dnnl.attributes()),
                "describing a transposed convolution's gradient to its weights");
        Primitive backwardWeights = natives.primitive(weights);
        dnnl_memory_desc plain = weights(natives, dnnl_iohw, dnnl_giohw);
        return WeightedKernels.of(natives, forward, backwardData, backwardWeights, y, bias, plain);
    }

    /** Unlike for convolutions the library offers nothing else. */
    private void refuseUnsound() {
        if (Windows.drowned(layer.kernel(), layer.padding(), layer.dilation())) {
            throw new IllegalStateException("padding " + layer.padding() + " has to be narrower than the window "
                    + layer.kernel() + " of a transposed convolution");
        }
        if (Windows.thin(out.channels() / layer.groups(), in.width(), layer.stride())) {
            throw new IllegalStateException(
                    "a transposed convolution to one channel per group needs stride 1 across a map of one column, not "
                            + layer.stride());
        }
    }

    /** In oneDNN's logical order, outputs before inputs, whatever the order in memory. */
    private dnnl_memory_desc weights(Natives natives, int tag, int groupedTag) {
        Extent kernel = layer.kernel();
        int groups = layer.groups();
        return groups == 1
                ? natives.description(tag, out.channels(), in.channels(), kernel.height(), kernel.width())
                : natives.description(
                        groupedTag,
                        groups,
                        out.channels() / groups,
                        in.channels() / groups,
                        kernel.height(),
                        kernel.width());
    }
}
