package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A compiled native kernel. It holds no data and no scratchpad of its own, so plans in several threads may run it at once.
 */
final class Primitive implements AutoCloseable {

    private final dnnl_primitive_desc description;
    private final dnnl_primitive handle;

    private Primitive(dnnl_primitive_desc description, dnnl_primitive handle) {
        this.description = description;
        this.handle = handle;
    }

    /** Takes the description over; it is freed also if compiling fails. */
    static Primitive of(dnnl_primitive_desc description) {
        dnnl_primitive handle = new dnnl_primitive();
        int status = dnnl_primitive_create(handle, description);
        if (status != dnnl_success) {
            dnnl_primitive_desc_destroy(description);
        }
        Dnnl.check(status, "compiling a kernel");
        return new Primitive(description, handle);
    }

    dnnl_primitive handle() {
        return handle;
    }

    /** For the kernels of the backward run, which have to fit those of the forward run. */
    dnnl_primitive_desc description() {
        return description;
    }

    /** The layout that the kernel wants an argument in; valid as long as the kernel. */
    dnnl_memory_desc layout(int query) {
        return dnnl_primitive_desc_query_md(description, query, 0);
    }

    /** Which of the library's implementations it is, such as {@code jit:avx2}; {@code ref} is one that nobody made fast. */
    String implementation() {
        return implementation(description);
    }

    static String implementation(dnnl_primitive_desc description) {
        try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
            Dnnl.check(
                    dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, name),
                    "asking for a kernel's name");
            return name.get(BytePointer.class, 0).getString();
        }
    }

    long scratchpadBytes() {
        return dnnl_memory_desc_get_size(layout(dnnl_query_scratchpad_md));
    }

    @Override
    public void close() {
        dnnl_primitive_destroy(handle);
        dnnl_primitive_desc_destroy(description);
    }
}
