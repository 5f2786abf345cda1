package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many tensors in one piece of native memory, float32 in the tensors' own order. Each starts on a cache line; the gaps are
 * zero, so that element-wise work may treat all as one.
 */
final class TensorVector {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final long[] offsets;
    private final int[] sizes;
    private final Memory memory;

    /** @param natives frees the memory in the end */
    TensorVector(List<Parameter> tensors, Natives natives) {
        offsets = new long[tensors.size()];
        sizes = tensors.stream().mapToInt(Parameter::size).toArray();
        long end = 0;
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = end;
            end += MemoryLayout.align((long) sizes[i] * Float.BYTES);
        }
        memory = MemoryPool.SHARED.take(bytes(tensors));
        natives.alsoFree(memory::close);
        memory.segment().fill((byte) 0);
    }

    /** A network without such tensors still has a vector to hand out. */
    static long bytes(List<Parameter> tensors) {
        long bytes = tensors.stream()
                .mapToLong(p -> MemoryLayout.align((long) p.size() * Float.BYTES))
                .sum();
        return Math.max(bytes, MemoryLayout.ALIGNMENT);
    }

    Memory memory() {
        return memory;
    }

    long offset(Parameter tensor) {
        return offsets[tensor.index()];
    }

    MemorySegment segment(Parameter tensor) {
        return memory.segment().asSlice(offset(tensor), (long) sizes[tensor.index()] * Float.BYTES);
    }

    void load(Parameter tensor, double[] source) {
        if (source.length != tensor.size()) {
            throw new IllegalArgumentException("the parameter has " + tensor.size() + " values, not " + source.length);
        }
        MemorySegment target = segment(tensor);
        for (int i = 0; i < source.length; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) source[i]);
        }
    }

    double[] read(Parameter tensor) {
        MemorySegment source = segment(tensor);
        double[] copy = new double[tensor.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = source.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return copy;
    }

    /** @param check called before the memory is touched */
    ParameterNumbers numbers(Runnable check) {
        return (tensor, from, target, count) -> {
            check.run();
            read(tensor, from, target, count);
        };
    }

    private void read(Parameter tensor, int from, double[] target, int count) {
        Objects.checkFromIndexSize(from, count, sizes[tensor.index()]);
        MemorySegment segment = memory.segment();
        long offset = offset(tensor) + (long) from * Float.BYTES;
        int i = 0;
        for (; i <= count - DOUBLES.length(); i += DOUBLES.length()) {
            ((DoubleVector) FloatVector.fromMemorySegment(FLOATS, segment, offset + (long) i * Float.BYTES, ORDER)
                            .convertShape(VectorOperators.F2D, DOUBLES, 0))
                    .intoArray(target, i);
        }
        for (; i < count; i++) {
            target[i] = segment.get(ValueLayout.JAVA_FLOAT, offset + (long) i * Float.BYTES);
        }
    }
}
