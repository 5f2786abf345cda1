package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/** The sum of several tensors of one shape in one pass over memory. */
record SumKernels(Primitive forward) implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward);
    }

    /** One sum of so many terms. */
    record Specification(int batch, Shape shape, int terms) implements Kernels.Specification<SumKernels> {

        @Override
        public SumKernels create(Natives natives) {
            dnnl_memory_desc x = natives.description(dnnl_nhwc, batch, shape.channels(), shape.height(), shape.width());
            dnnl_memory_desc[] inputs = new dnnl_memory_desc[terms];
            Arrays.fill(inputs, x);
            float[] ones = new float[terms];
            Arrays.fill(ones, 1);
            try (PointerPointer<dnnl_memory_desc> list = new PointerPointer<>(inputs);
                    PointerPointer<dnnl_primitive_desc> made = new PointerPointer<>(1);
                    FloatPointer factors = new FloatPointer(ones)) {
                Dnnl.check(
                        dnnl_sum_primitive_desc_create(made, Dnnl.engine(), x, terms, factors, list, Dnnl.attributes()),
                        "describing a sum");
                return new SumKernels(natives.primitive(made.get(dnnl_primitive_desc.class, 0)));
            }
        }
    }
}
