package io.phyla.evaluators.data.stream;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Batches that go round between the thread that fills them and the one that uses them. */
final class Ring {

    private final List<ImageBatch> batches;
    private long filled;
    private long taken;
    private long free;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable fault;

    Ring(List<ImageBatch> batches) {
        this.batches = List.copyOf(batches);
        this.free = batches.size();
    }

    private ImageBatch batch(long number) {
        return batches.get((int) (number % batches.size()));
    }

    /** Waits for a batch to fill; empty if nobody wants one any more. */
    synchronized Optional<ImageBatch> empty() throws InterruptedException {
        while (filled == free && !closed) {
            wait();
        }
        return closed ? Optional.empty() : Optional.of(batch(filled));
    }

    synchronized void filled() {
        filled++;
        notifyAll();
    }

    /** No more batches will be filled, for a reason or because there are none. */
    synchronized void end(@Nullable Throwable reason) {
        fault = reason;
        ended = true;
        notifyAll();
    }

    /** Waits for the next batch and gives the one before back; empty at the end. */
    synchronized Optional<ImageBatch> next() throws InterruptedException {
        if (taken + batches.size() > free) {
            free = taken + batches.size();
            notifyAll();
        }
        while (filled == taken && !ended && !closed) {
            wait();
        }
        if (closed) {
            throw new IllegalStateException("the batches are closed");
        }
        if (filled > taken) {
            return Optional.of(batch(taken++));
        }
        switch (fault) {
            case null -> {
                return Optional.empty();
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("batches cannot be filled", e);
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Read between images. */
    synchronized boolean wanted() {
        return !closed;
    }
}
