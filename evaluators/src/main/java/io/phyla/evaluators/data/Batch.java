package io.phyla.evaluators.data;

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
}
