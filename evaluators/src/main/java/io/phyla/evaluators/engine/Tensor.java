package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import org.bytedeco.dnnl.dnnl_memory;

/**
 * A batch of feature maps, float32, N,H,W,C in memory: what a node produced, or the gradient with respect to that. In FLOW it
 * stands for {@code content * 2^exponent}.
 */
final class Tensor {

    private final int batch;
    private final Shape shape;
    private final Buffer buffer;
    private MemorySegment segment = MemorySegment.NULL;
    private dnnl_memory memory = new dnnl_memory();
    private long exponent;

    Tensor(int batch, Shape shape, Buffer buffer) {
        this.batch = batch;
        this.shape = shape;
        this.buffer = buffer;
    }

    int batch() {
        return batch;
    }

    Shape shape() {
        return shape;
    }

    Buffer buffer() {
        return buffer;
    }

    int elements() {
        return Math.toIntExact(batch * shape.elements());
    }

    void bind(Bindings bindings) {
        segment = bindings.segment(buffer);
        memory = bindings.memory(bindings.description(batch, shape), buffer);
    }

    MemorySegment segment() {
        return segment;
    }

    dnnl_memory memory() {
        return memory;
    }

    long exponent() {
        return exponent;
    }

    void exponent(long power) {
        exponent = power;
    }
}
