package io.phyla.evaluators.training.loss;

import io.phyla.evaluators.data.stream.ImageBatch;
import java.util.Arrays;

/**
 * What a batch is to be: a label for each sample and, after mixup, a second one.
 *
 * @param count samples that matter, the first ones of the arrays
 * @param shares of the first label, from 0 to 1; the second label has the rest
 */
public record Targets(int count, int[] labels, int[] partners, float[] shares) {

    /** Plain labels. */
    public static Targets of(int[] labels) {
        float[] shares = new float[labels.length];
        Arrays.fill(shares, 1);
        return new Targets(labels.length, labels, labels, shares);
    }

    /** The targets of a stream's batch, which holds as long as that does. */
    public static Targets of(ImageBatch batch) {
        return new Targets(batch.count(), batch.labels(), batch.secondLabels(), batch.weights());
    }

    int label(int sample) {
        return labels[sample];
    }

    int partner(int sample) {
        return partners[sample];
    }

    double share(int sample) {
        return shares[sample];
    }
}
