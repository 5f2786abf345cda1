package io.phyla.evaluators.training;

import io.phyla.evaluators.engine.SplitMix;

/**
 * Seeds of the random numbers in forward runs, such as dropout's masks: one for each step and each batch of a recalibration,
 * known without those before it, so that a resumed training draws what the one that ran through has drawn.
 */
record Noise(long seed) {

    /** @param number of a training step, from 0 */
    long step(long number) {
        // The seed itself is the stream of the first weights.
        return SplitMix.number(~seed, number);
    }

    /** @param number of a recalibration's batch, from 1; steps never come to its place in the stream */
    long recalibration(int number) {
        return SplitMix.number(~seed, -1L - number);
    }
}
