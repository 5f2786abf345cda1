package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Native objects that are freed together, last made first freed. They are freed by hand and not by the garbage collector,
 * which sees only their few bytes on the heap and so has no reason to run.
 */
final class Natives implements AutoCloseable {

    /** Arguments that a cell network's calls take; larger networks get more blocks. */
    private static final int ARGUMENTS = 1024;

    private final Deque<Runnable> frees = new ArrayDeque<>();
    private @Nullable dnnl_exec_arg_t block;
    private int taken;

    /** Has something freed with the rest, before what is here already. */
    void alsoFree(Runnable free) {
        frees.push(free);
    }

    /** Describes float32 memory of a dense layout. */
    dnnl_memory_desc description(int tag, long... dimensions) {
        dnnl_memory_desc description = new dnnl_memory_desc();
        Dnnl.check(
                dnnl_memory_desc_create_with_tag(description, dimensions.length, dimensions, dnnl_f32, tag),
                "describing memory");
        frees.push(() -> dnnl_memory_desc_destroy(description));
        return description;
    }

    /** Describes float32 memory whose elements lie so many elements apart in each dimension. */
    dnnl_memory_desc description(long[] dimensions, long[] strides) {
        dnnl_memory_desc description = new dnnl_memory_desc();
        Dnnl.check(
                dnnl_memory_desc_create_with_strides(description, dimensions.length, dimensions, dnnl_f32, strides),
                "describing memory");
        frees.push(() -> dnnl_memory_desc_destroy(description));
        return description;
    }

    /** The usual attributes, and the result multiplied by a factor. */
    dnnl_primitive_attr scaled(double factor) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        Dnnl.check(dnnl_primitive_attr_clone(attributes, Dnnl.attributes()), "creating attributes");
        frees.push(() -> dnnl_primitive_attr_destroy(attributes));
        if (factor != 1) {
            dnnl_post_ops after = new dnnl_post_ops();
            Dnnl.check(dnnl_post_ops_create(after), "creating a factor");
            try {
                Dnnl.check(
                        dnnl_post_ops_append_eltwise(after, dnnl_eltwise_linear, (float) factor, 0),
                        "describing a factor");
                Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes, after), "setting a factor");
            } finally {
                dnnl_post_ops_destroy(after);
            }
        }
        return attributes;
    }

    /** Makes a description executable, and owns both. */
    Primitive primitive(dnnl_primitive_desc description) {
        Primitive primitive = Primitive.of(description);
        frees.push(primitive::close);
        return primitive;
    }

    /** Wraps memory that the caller keeps alive until this is closed. */
    dnnl_memory memory(dnnl_memory_desc description, Pointer address) {
        dnnl_memory memory = new dnnl_memory();
        Dnnl.check(dnnl_memory_create(memory, description, Dnnl.engine(), address), "wrapping memory");
        frees.push(() -> dnnl_memory_destroy(memory));
        return memory;
    }

    /** Room for the arguments of one call. Cut from blocks, for each allocation costs as much as finding a kernel. */
    dnnl_exec_arg_t arguments(int count) {
        if (block == null || taken + count > ARGUMENTS) {
            dnnl_exec_arg_t fresh = new dnnl_exec_arg_t(Math.max(ARGUMENTS, count));
            frees.push(fresh::deallocate);
            block = fresh;
            taken = 0;
        }
        dnnl_exec_arg_t arguments = block.getPointer(taken);
        taken += count;
        return arguments;
    }

    @Override
    public void close() {
        while (!frees.isEmpty()) {
            frees.pop().run();
        }
    }
}
