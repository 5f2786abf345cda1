package io.phyla.evaluators.data.stream;

import java.util.function.BooleanSupplier;

/** What comes in a stream's batches. */
interface BatchSource {

    /**
     * Fills a batch.
     *
     * @param wanted asked between images, so that a stream can end promptly
     * @return false if there are no more batches, or this one is not wanted
     */
    boolean fill(long number, ImageBatch batch, BooleanSupplier wanted);
}
