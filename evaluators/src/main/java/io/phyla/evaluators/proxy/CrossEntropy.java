package io.phyla.evaluators.proxy;

/**
 * The loss of classification, -log softmax(y)_label, mean over the batch. A data set may have more classes than a network
 * tells apart: its label then counts modulo the network's outputs, for an untrained network cares for which classes images
 * share, not for their names.
 */
final class CrossEntropy {

    private CrossEntropy() {}

    /** @param outputs N,C */
    static double loss(double[] outputs, int[] labels) {
        int classes = outputs.length / labels.length;
        double loss = 0;
        for (int n = 0; n < labels.length; n++) {
            double largest = largest(outputs, n * classes, classes);
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += StrictMath.exp(outputs[n * classes + c] - largest);
            }
            loss += StrictMath.log(sum) + largest - outputs[n * classes + labels[n] % classes];
        }
        return loss / labels.length;
    }

    /** With respect to the outputs, N,C: (softmax(y)_c - [c = label]) / N. */
    static double[] gradient(double[] outputs, int[] labels) {
        int classes = outputs.length / labels.length;
        double[] gradient = new double[outputs.length];
        for (int n = 0; n < labels.length; n++) {
            int from = n * classes;
            double largest = largest(outputs, from, classes);
            double sum = 0;
            for (int i = from; i < from + classes; i++) {
                gradient[i] = StrictMath.exp(outputs[i] - largest);
                sum += gradient[i];
            }
            for (int i = from; i < from + classes; i++) {
                gradient[i] /= sum * labels.length;
            }
            gradient[from + labels[n] % classes] -= 1.0 / labels.length;
        }
        return gradient;
    }

    private static double largest(double[] values, int from, int count) {
        double largest = values[from];
        for (int i = from + 1; i < from + count; i++) {
            largest = Math.max(largest, values[i]);
        }
        return largest;
    }
}
