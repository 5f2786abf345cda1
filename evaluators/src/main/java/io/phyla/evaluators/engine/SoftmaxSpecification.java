package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.UnaryKernels.Reads;
import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Softmax within groups of channels. In channels-last memory each group of each position is one dense row of a matrix. */
record SoftmaxSpecification(int batch, Shape shape, int groups) implements Kernels.Specification<UnaryKernels> {

    @Override
    public UnaryKernels create(Natives natives) {
        int width = shape.channels() / groups;
        dnnl_memory_desc rows = natives.description(dnnl_nc, batch * shape.elements() / width, width);
        dnnl_primitive_desc run = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_softmax_forward_primitive_desc_create(
                        run,
                        Dnnl.engine(),
                        dnnl_forward_training,
                        dnnl_softmax_accurate,
                        rows,
                        rows,
                        1,
                        Dnnl.attributes()),
                "describing a softmax");
        Primitive forward = natives.primitive(run);
        SoftmaxGradient gradient = new SoftmaxGradient(batch * shape.elements() / width, width);
        return new UnaryKernels(forward, new UnaryGradient.Own(gradient), Reads.OUTPUT);
    }
}
