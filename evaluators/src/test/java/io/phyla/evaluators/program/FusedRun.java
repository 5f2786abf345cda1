package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A fused program with memory of its own, N,C,H,W to the outside. Behind every tensor stand numbers that must still stand there
 * afterwards.
 */
final class FusedRun implements AutoCloseable {

    private static final float GUARD = 12345.75f;
    private static final int GUARDS = 16;

    private final Arena arena = Arena.ofConfined();
    private final FusedProgram program;
    private final int batch;
    private final Shape shape;
    private final MemorySegment x;
    private final MemorySegment y;
    private final MemorySegment dy;
    private final MemorySegment dx;
    private final MemorySegment[] parameters;
    private final MemorySegment[] gradients;
    private final MemorySegment[] moving;

    FusedRun(LayerProgram layer, int batch, Shape shape, boolean differentiable) {
        this.batch = batch;
        this.shape = shape;
        program = new FusedProgram(layer, batch, shape, differentiable);
        int count = Math.toIntExact(batch * shape.elements());
        x = floats(count);
        y = floats(count);
        dy = floats(count);
        dx = floats(count);
        parameters = rows(layer.vectors().size() + (layer.affine() ? 2 : 0));
        gradients = rows(parameters.length);
        moving = rows(layer.batchMoments().size());
        MemorySegment kept = bytes(program.keptBytes());
        program.bind(x, y, kept, bytes(program.forwardBytes()), parameters, moving);
        if (differentiable) {
            program.bindBackward(x, dy, dx, kept, bytes(program.backwardBytes()), gradients);
        }
    }

    private MemorySegment[] rows(int count) {
        return IntStream.range(0, count).mapToObj(_ -> floats(shape.channels())).toArray(MemorySegment[]::new);
    }

    /** With garbage in it, as memory of a plan has. */
    private MemorySegment bytes(long size) {
        MemorySegment segment = arena.allocate(Math.max(64, size), 64);
        for (long i = 0; i < size / 4; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
        }
        return segment;
    }

    private MemorySegment floats(int count) {
        MemorySegment segment = arena.allocate(4L * (count + GUARDS), 64);
        for (int i = 0; i < GUARDS; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, count + i, GUARD);
        }
        return segment;
    }

    private static void checkGuards(MemorySegment segment) {
        long count = segment.byteSize() / 4;
        for (long i = count - GUARDS; i < count; i++) {
            if (segment.getAtIndex(ValueLayout.JAVA_FLOAT, i) != GUARD) {
                throw new AssertionError("something was written behind a tensor");
            }
        }
    }

    FusedProgram program() {
        return program;
    }

    /** @param values vectors, then scale and shift */
    void parameters(double[]... values) {
        for (int i = 0; i < parameters.length; i++) {
            writeRow(values[i], parameters[i]);
        }
    }

    void moving(double[]... values) {
        for (int i = 0; i < moving.length; i++) {
            writeRow(values[i], moving[i]);
        }
    }

    double[] forward(double[] images) {
        write(images, x);
        program.forward();
        return read(y);
    }

    double[] infer(double[] images) {
        write(images, x);
        program.infer();
        return read(y);
    }

    /** The gradient with respect to the input; see {@link #gradients()} for the others. */
    double[] backward(double[] slopes) {
        write(slopes, dy);
        program.backward();
        return read(dx);
    }

    double[][] gradients() {
        return Arrays.stream(gradients).map(this::readRow).toArray(double[][]::new);
    }

    private double[] readRow(MemorySegment row) {
        checkGuards(row);
        double[] values = new double[shape.channels()];
        Arrays.setAll(values, i -> row.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        return values;
    }

    private static void writeRow(double[] values, MemorySegment row) {
        for (int i = 0; i < values.length; i++) {
            row.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        }
    }

    private int place(int i) {
        int pixels = shape.height() * shape.width();
        int channel = i / pixels % shape.channels();
        int sample = i / pixels / shape.channels();
        return (sample * pixels + i % pixels) * shape.channels() + channel;
    }

    private void write(double[] values, MemorySegment target) {
        for (int i = 0; i < values.length; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT, place(i), (float) values[i]);
        }
    }

    private double[] read(MemorySegment source) {
        checkGuards(source);
        double[] values = new double[Math.toIntExact(batch * shape.elements())];
        Arrays.setAll(values, i -> source.getAtIndex(ValueLayout.JAVA_FLOAT, place(i)));
        return values;
    }

    @Override
    public void close() {
        arena.close();
    }
}
