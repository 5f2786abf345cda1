package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/**
 * A weight tensor's way from one layout to another; the kernels choose blocked layouts, parameters are kept in order O,I,K,K.
 *
 * @param reorder nothing if the layouts are the same and the memory serves as it is
 */
record Relayout(
        dnnl_memory_desc from,
        dnnl_memory_desc to,
        @Nullable Primitive reorder) {

    static Relayout between(Natives natives, dnnl_memory_desc from, dnnl_memory_desc to) {
        if (dnnl_memory_desc_equal(from, to) != 0) {
            return new Relayout(from, to, null);
        }
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_reorder_primitive_desc_create(
                        description, from, Dnnl.engine(), to, Dnnl.engine(), Dnnl.attributes()),
                "describing a change of layout");
        return new Relayout(from, to, natives.primitive(description));
    }

    Stream<Primitive> primitives() {
        return Stream.ofNullable(reorder);
    }
}
