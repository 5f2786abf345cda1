package io.phyla.evaluators.training;

import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Waits for images in a thread that may be told to stop. */
final class Waiting {

    private Waiting() {}

    /** @throws CancellationException if the thread is interrupted, which it stays */
    static Optional<ImageBatch> next(BatchStream batches) {
        try {
            return batches.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for images");
        }
    }
}
