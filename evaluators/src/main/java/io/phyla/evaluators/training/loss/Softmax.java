package io.phyla.evaluators.training.loss;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One sample's logits as a distribution. {@code StrictMath} gives the same bits everywhere, and is not what a step waits for. */
final class Softmax {

    private final double[] shifted;
    private final double[] probabilities;
    private double logarithmOfSum;
    private int largest;

    Softmax(int classes) {
        shifted = new double[classes];
        probabilities = new double[classes];
    }

    /** @param start index of the first logit */
    void compute(MemorySegment logits, long start, double temperature) {
        int classes = shifted.length;
        largest = 0;
        for (int c = 0; c < classes; c++) {
            shifted[c] = logits.getAtIndex(ValueLayout.JAVA_FLOAT, start + c) / temperature;
            largest = shifted[c] > shifted[largest] ? c : largest;
        }
        double top = shifted[largest];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            shifted[c] -= top;
            probabilities[c] = StrictMath.exp(shifted[c]);
            sum += probabilities[c];
        }
        for (int c = 0; c < classes; c++) {
            probabilities[c] /= sum;
        }
        logarithmOfSum = StrictMath.log(sum);
    }

    double probability(int c) {
        return probabilities[c];
    }

    /** Of the probability. */
    double logarithm(int c) {
        return shifted[c] - logarithmOfSum;
    }

    /** The class of the largest logit, the first of equals. */
    int largest() {
        return largest;
    }

    /** Kullback-Leibler divergence of another distribution from this one, in nats. */
    double divergence(Softmax other) {
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            if (probabilities[c] > 0) {
                sum += probabilities[c] * (logarithm(c) - other.logarithm(c));
            }
        }
        return sum;
    }
}
