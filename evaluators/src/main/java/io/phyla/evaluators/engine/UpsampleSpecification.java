package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.UnaryKernels.Reads;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Maps enlarged by a whole factor; linear in the map is bilinear, its samples at pixel centres. */
record UpsampleSpecification(int batch, Shape in, Layer.Upsample layer) implements Kernels.Specification<UnaryKernels> {

    @Override
    public UnaryKernels create(Natives natives) {
        int factor = layer.factor();
        dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, in.channels(), in.height(), in.width());
        dnnl_memory_desc y = natives.description(
                dnnl_nhwc, batch, in.channels(), (long) factor * in.height(), (long) factor * in.width());
        int algorithm = switch (layer.kind()) {
            case NEAREST -> dnnl_resampling_nearest;
            case LINEAR -> dnnl_resampling_linear;
        };
        float[] factors = {factor, factor};
        dnnl_primitive_desc run = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_resampling_forward_primitive_desc_create(
                        run, Dnnl.engine(), dnnl_forward_training, algorithm, factors, x, y, Dnnl.attributes()),
                "describing an enlargement");
        Primitive forward = natives.primitive(run);
        UpsampleGradient gradient = new UpsampleGradient(batch, in, layer);
        return new UnaryKernels(forward, new UnaryGradient.Own(gradient), Reads.NOTHING);
    }
}
