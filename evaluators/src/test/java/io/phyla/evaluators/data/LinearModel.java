package io.phyla.evaluators.data;

import java.util.SplittableRandom;

/** Softmax regression on all pixels by stochastic gradient descent: the yardstick of what is linear about a data set. */
final class LinearModel {

    private final int classes;
    private final int inputs;
    private final float[] weights;

    LinearModel(int classes, int inputs) {
        this.classes = classes;
        this.inputs = inputs;
        weights = new float[classes * (inputs + 1)];
    }

    void train(Batch data, int epochs, double rate) {
        SplittableRandom random = new SplittableRandom(1);
        for (int epoch = 0; epoch < epochs; epoch++) {
            float step = (float) (rate * (1 - (double) epoch / epochs));
            for (int i = 0; i < data.count(); i++) {
                int sample = random.nextInt(data.count());
                double[] scores = scores(data, sample);
                softmax(scores);
                for (int c = 0; c < classes; c++) {
                    float gradient = (float) (scores[c] - (c == data.labels()[sample] ? 1 : 0)) * step;
                    int row = c * (inputs + 1);
                    for (int k = 0; k < inputs; k++) {
                        weights[row + k] -= gradient * data.images()[sample * inputs + k];
                    }
                    weights[row + inputs] -= gradient;
                }
            }
        }
    }

    double accuracy(Batch data) {
        int right = 0;
        for (int i = 0; i < data.count(); i++) {
            double[] scores = scores(data, i);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == data.labels()[i] ? 1 : 0;
        }
        return (double) right / data.count();
    }

    private double[] scores(Batch data, int sample) {
        double[] scores = new double[classes];
        for (int c = 0; c < classes; c++) {
            int row = c * (inputs + 1);
            float sum = weights[row + inputs];
            for (int k = 0; k < inputs; k++) {
                sum += weights[row + k] * data.images()[sample * inputs + k];
            }
            scores[c] = sum;
        }
        return scores;
    }

    private static void softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - max);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
    }
}
