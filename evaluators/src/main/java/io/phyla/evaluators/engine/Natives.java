package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;

/**
 * Native objects that are freed together, last made first freed. They are freed by hand and not by the garbage collector,
 * which sees only their few bytes on the heap and so has no reason to run.
 */
final class Natives implements AutoCloseable {

    private final Deque<Runnable> frees = new ArrayDeque<>();

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

    /** Room for the arguments of one call. */
    dnnl_exec_arg_t arguments(int count) {
        dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(count);
        frees.push(arguments::deallocate);
        return arguments;
    }

    @Override
    public void close() {
        while (!frees.isEmpty()) {
            frees.pop().run();
        }
    }
}
