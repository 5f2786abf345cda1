package io.phyla.search.training;

import org.jspecify.annotations.Nullable;

/**
 * A training in this process, as of now.
 *
 * @param worker that trains; null while none does
 * @param attempt how many workers have tried since its last checkpoint
 * @param rate steps per second over the last ten seconds; 0 while it is not known
 * @param halted why it stands still although the journal has no end of it; null while it goes on
 */
public record LiveTraining(
        @Nullable String worker,
        int attempt,
        double rate,
        @Nullable String halted) {}
