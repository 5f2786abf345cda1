package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.NativeBlock;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Batches one after the other, filled ahead by one thread of their own into a few buffers that go round, so that a training
 * step finds the next batch ready. Which images a batch holds and what was done to them depends on what the stream was opened
 * with and the batch's number, never on who is faster. One thread may use it; any may close it.
 */
public final class BatchStream implements AutoCloseable {

    /** One in use, one ready, one being filled. */
    private static final int BUFFERS = 3;

    private static final int LINE = 64;

    private final Ring ring;
    private final NativeBlock memory;
    private final Thread thread;
    private boolean closed;

    private BatchStream(BatchSource source, long first, int batch, Shape shape) {
        memory = NativeBlock.take(bytes(batch, shape));
        long stride = bytes(batch, shape) / BUFFERS;
        List<ImageBatch> buffers = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            MemorySegment images = memory.segment().asSlice(i * stride, batch * shape.elements() * Float.BYTES);
            buffers.add(new ImageBatch(batch, shape, images));
        }
        ring = new Ring(buffers);
        thread = Thread.ofPlatform().daemon().name("batches").start(() -> fill(source, first));
    }

    /**
     * An endless training, from a step on as if the steps before had been taken.
     *
     * @param batch images per step
     * @param size height and width of the network's images
     * @param firstStep number of the first batch
     * @throws InvalidDataException if there is no training image, or images cannot be scaled to the size
     */
    public static BatchStream training(
            Dataset data, int batch, int size, Augmentation augmentation, long seed, long firstStep) {
        check(data, Split.TRAIN, batch, size);
        return new BatchStream(
                new TrainingBatches(data, size, augmentation, seed), firstStep, batch, shape(data, size));
    }

    /**
     * A split once, in order; the last batch may be padded, see {@link ImageBatch#count()}.
     *
     * @throws InvalidDataException as {@link #training}
     */
    public static BatchStream evaluation(Dataset data, Split split, int batch, int size) {
        check(data, split, batch, size);
        return new BatchStream(new EvaluationBatches(data, split, size), 0, batch, shape(data, size));
    }

    private static void check(Dataset data, Split split, int batch, int size) {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch of " + batch + " images; it needs at least one");
        }
        if (data.count(split) == 0) {
            throw new InvalidDataException(data.name() + " has no images in its split " + split);
        }
        if (!Resolution.fits(data.size(), size)) {
            throw new InvalidDataException(Resolution.misfit(shape(data, size), data.channels(), data.size()));
        }
    }

    private static Shape shape(Dataset data, int size) {
        return new Shape(data.channels(), size, size);
    }

    /** Native memory that a stream takes: to be counted before it is opened. */
    public static long bytes(int batch, Shape shape) {
        return BUFFERS * Math.ceilDiv(batch * shape.elements() * Float.BYTES, LINE) * LINE;
    }

    /** Steps until every training image has been seen so many times; the last batch may reach into the next epoch. */
    public static long steps(Dataset data, int batch, long epochs) {
        return Math.ceilDiv(Math.multiplyExact(epochs, (long) data.count(Split.TRAIN)), batch);
    }

    private void fill(BatchSource source, long first) {
        try {
            for (long number = first; ; number++) {
                Optional<ImageBatch> batch = ring.empty();
                if (batch.isEmpty() || !source.fill(number, batch.get(), ring::wanted)) {
                    ring.end(null);
                    return;
                }
                ring.filled();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            ring.end(e);
        }
    }

    /**
     * The next batch, which holds until the one after it is asked for; empty at the end of an evaluation.
     *
     * @throws InvalidDataException or whatever else reading an image threw
     * @throws IllegalStateException if the stream is closed
     */
    public Optional<ImageBatch> next() throws InterruptedException {
        return ring.next();
    }

    /** Ends the thread and then gives the memory back: no batch may be used after this. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ring.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        memory.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
