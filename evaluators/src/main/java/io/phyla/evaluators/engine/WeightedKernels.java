package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Shape;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of a layer that multiplies by weights: convolution or linear.
 *
 * @param output what the kernels take the output for; a linear layer's is a matrix
 * @param bias its layout, nothing if the layer has none
 * @param toForward from the parameter's own layout to that of the forward kernel
 * @param toBackward from the parameter's own layout to that of the backward kernel
 * @param fromGradient from the layout of the gradient's kernel to the parameter's own
 */
record WeightedKernels(
        Primitive forward,
        Primitive backwardData,
        Primitive backwardWeights,
        dnnl_memory_desc output,
        @Nullable dnnl_memory_desc bias,
        Relayout toForward,
        Relayout toBackward,
        Relayout fromGradient)
        implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(
                        Stream.of(forward, backwardData, backwardWeights),
                        toForward.primitives(),
                        toBackward.primitives(),
                        fromGradient.primitives())
                .flatMap(primitives -> primitives);
    }

    private static WeightedKernels of(
            Natives natives,
            Primitive forward,
            Primitive backwardData,
            Primitive backwardWeights,
            dnnl_memory_desc output,
            @Nullable dnnl_memory_desc bias,
            dnnl_memory_desc plain) {
        return new WeightedKernels(
                forward,
                backwardData,
                backwardWeights,
                output,
                bias,
                Relayout.between(natives, plain, forward.layout(dnnl_query_weights_md)),
                Relayout.between(natives, plain, backwardData.layout(dnnl_query_weights_md)),
                Relayout.between(natives, backwardWeights.layout(dnnl_query_diff_weights_md), plain));
    }

    /** A convolution; weights O,I/groups,Kh,Kw. */
    record Convolution(
            int batch,
            Shape in,
            Shape out,
            Extent kernel,
            Extent stride,
            Extent padding,
            Extent dilation,
            int groups,
            boolean biased)
            implements Specification<WeightedKernels> {

        @Override
        public WeightedKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
            dnnl_memory_desc y = natives.description(dnnl_nhwc, batch, out.channels(), out.height(), out.width());
            dnnl_memory_desc bias = biased ? natives.description(dnnl_x, out.channels()) : null;
            dnnl_memory_desc free = weights(natives, dnnl_format_tag_any, dnnl_format_tag_any);
            long[] strides = {stride.height(), stride.width()};
            long[] dilations = {dilation.height() - 1, dilation.width() - 1};
            long[] pads = {padding.height(), padding.width()};
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_convolution_forward_primitive_desc_create(
                            run,
                            Dnnl.engine(),
                            dnnl_forward_training,
                            dnnl_convolution_direct,
                            x,
                            free,
                            bias,
                            y,
                            strides,
                            dilations,
                            pads,
                            pads,
                            Dnnl.attributes()),
                    "describing a convolution");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc data = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_convolution_backward_data_primitive_desc_create(
                            data,
                            Dnnl.engine(),
                            dnnl_convolution_direct,
                            x,
                            free,
                            y,
                            strides,
                            dilations,
                            pads,
                            pads,
                            run,
                            Dnnl.attributes()),
                    "describing a convolution's gradient to its input");
            Primitive backwardData = natives.primitive(data);
            dnnl_primitive_desc weights = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_convolution_backward_weights_primitive_desc_create(
                            weights,
                            Dnnl.engine(),
                            dnnl_convolution_direct,
                            x,
                            free,
                            bias,
                            y,
                            strides,
                            dilations,
                            pads,
                            pads,
                            run,
                            Dnnl.attributes()),
                    "describing a convolution's gradient to its weights");
            Primitive backwardWeights = natives.primitive(weights);
            dnnl_memory_desc plain = weights(natives, dnnl_oihw, dnnl_goihw);
            return of(natives, forward, backwardData, backwardWeights, y, bias, plain);
        }

        private dnnl_memory_desc weights(Natives natives, int tag, int groupedTag) {
            long inputs = in.channels() / groups;
            return groups == 1
                    ? natives.description(tag, out.channels(), inputs, kernel.height(), kernel.width())
                    : natives.description(
                            groupedTag, groups, out.channels() / groups, inputs, kernel.height(), kernel.width());
        }
    }

    /** A matrix product over a sample in C,H,W order; weights O,I. */
    record Linear(int batch, Shape in, int features, boolean biased) implements Specification<WeightedKernels> {

        @Override
        public WeightedKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
            dnnl_memory_desc y = natives.description(dnnl_nc, batch, features);
            dnnl_memory_desc bias = biased ? natives.description(dnnl_x, features) : null;
            dnnl_memory_desc free = weights(natives, dnnl_format_tag_any);
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_inner_product_forward_primitive_desc_create(
                            run, Dnnl.engine(), dnnl_forward_training, x, free, bias, y, Dnnl.attributes()),
                    "describing a linear layer");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc data = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_inner_product_backward_data_primitive_desc_create(
                            data, Dnnl.engine(), x, free, y, run, Dnnl.attributes()),
                    "describing a linear layer's gradient to its input");
            Primitive backwardData = natives.primitive(data);
            dnnl_primitive_desc weights = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_inner_product_backward_weights_primitive_desc_create(
                            weights, Dnnl.engine(), x, free, bias, y, run, Dnnl.attributes()),
                    "describing a linear layer's gradient to its weights");
            Primitive backwardWeights = natives.primitive(weights);
            return of(natives, forward, backwardData, backwardWeights, y, bias, weights(natives, dnnl_oihw));
        }

        private dnnl_memory_desc weights(Natives natives, int tag) {
            return natives.description(tag, features, in.channels(), in.height(), in.width());
        }
    }
}
