package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * Normalisation of each position over its channels, with scale and shift. Channels-last memory is a matrix with a row for
 * each position.
 *
 * @param rows layout of the maps
 * @param statistics layout of mean and variance, one for each row
 * @param channels layout of scale, shift and their gradients
 */
record LayerNormalizationKernels(
        Primitive forward,
        Primitive backward,
        dnnl_memory_desc rows,
        dnnl_memory_desc statistics,
        dnnl_memory_desc channels)
        implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward, backward);
    }

    long statisticBytes() {
        return dnnl_memory_desc_get_size(statistics);
    }

    /** One normalisation over channels. */
    record Specification(int batch, Shape shape, double epsilon)
            implements Kernels.Specification<LayerNormalizationKernels> {

        @Override
        public LayerNormalizationKernels create(Natives natives) {
            long positions = (long) batch * shape.height() * shape.width();
            dnnl_memory_desc rows = natives.description(dnnl_nc, positions, shape.channels());
            dnnl_memory_desc statistics = natives.description(dnnl_x, positions);
            int flags = dnnl_use_scale | dnnl_use_shift;
            dnnl_primitive_desc run = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_layer_normalization_forward_primitive_desc_create(
                            run,
                            Dnnl.engine(),
                            dnnl_forward_training,
                            rows,
                            rows,
                            statistics,
                            (float) epsilon,
                            flags,
                            Dnnl.attributes()),
                    "describing a normalisation over channels");
            Primitive forward = natives.primitive(run);
            dnnl_primitive_desc back = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_layer_normalization_backward_primitive_desc_create(
                            back,
                            Dnnl.engine(),
                            dnnl_backward,
                            rows,
                            rows,
                            rows,
                            statistics,
                            (float) epsilon,
                            flags,
                            run,
                            Dnnl.attributes()),
                    "describing the gradient of a normalisation over channels");
            return new LayerNormalizationKernels(
                    forward, natives.primitive(back), rows, statistics, natives.description(dnnl_x, shape.channels()));
        }
    }
}
