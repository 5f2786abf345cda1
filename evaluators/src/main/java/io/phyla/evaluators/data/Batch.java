package io.phyla.evaluators.data;

import java.util.Arrays;

/**
 * Images ready for a network.
 *
 * @param images N,C,H,W, each channel normalised to the training split's mean 0 and deviation 1
 * @param labels one per image
 */
public record Batch(float[] images, int[] labels, int channels, int size) {

    public int count() {
        return labels.length;
    }

    /** So many of its images, from one of them on. */
    public Batch part(int from, int count) {
        int pixels = channels * size * size;
        return new Batch(
                Arrays.copyOfRange(images, from * pixels, (from + count) * pixels),
                Arrays.copyOfRange(labels, from, from + count),
                channels,
                size);
    }
}
