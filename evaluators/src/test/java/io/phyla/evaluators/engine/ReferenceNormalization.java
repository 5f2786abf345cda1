package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;

/** Batch normalisation over N,H,W by the batch's mean m and biased variance v: y = scale * (x - m) / sqrt(v + eps) + shift. */
final class ReferenceNormalization {

    private ReferenceNormalization() {}

    static void forward(
            int batch, Shape shape, double epsilon, double[] x, double[] scale, double[] shift, double[] y) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            int[] elements = elements(batch, shape, channel);
            double[] normalised = normalise(elements, epsilon, x);
            for (int i = 0; i < elements.length; i++) {
                y[elements[i]] = scale[channel] * normalised[i] + shift[channel];
            }
        }
    }

    /** With h = (x - m) / sqrt(v + eps): dx = scale / sqrt(v + eps) * (dy - mean(dy) - h * mean(dy * h)). */
    static void backward(
            int batch,
            Shape shape,
            double epsilon,
            double[] x,
            double[] scale,
            double[] dy,
            double[] dx,
            double[] dScale,
            double[] dShift) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            int[] elements = elements(batch, shape, channel);
            double[] normalised = normalise(elements, epsilon, x);
            double sum = 0;
            double product = 0;
            for (int i = 0; i < elements.length; i++) {
                sum += dy[elements[i]];
                product += dy[elements[i]] * normalised[i];
            }
            dScale[channel] += product;
            dShift[channel] += sum;
            double factor = scale[channel] / Math.sqrt(variance(elements, x) + epsilon);
            for (int i = 0; i < elements.length; i++) {
                dx[elements[i]] +=
                        factor * (dy[elements[i]] - sum / elements.length - normalised[i] * product / elements.length);
            }
        }
    }

    /** Biased, per channel. */
    static double[] variance(int batch, Shape shape, double[] x) {
        double[] variance = new double[shape.channels()];
        for (int channel = 0; channel < variance.length; channel++) {
            variance[channel] = variance(elements(batch, shape, channel), x);
        }
        return variance;
    }

    /** By given statistics. */
    static void infer(
            int batch,
            Shape shape,
            double epsilon,
            double[] x,
            double[] mean,
            double[] variance,
            double[] scale,
            double[] shift,
            double[] y) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            double factor = scale[channel] / Math.sqrt(variance[channel] + epsilon);
            for (int i : elements(batch, shape, channel)) {
                y[i] = factor * (x[i] - mean[channel]) + shift[channel];
            }
        }
    }

    /** Moves averages towards the batch's mean and unbiased variance. */
    static void track(
            int batch, Shape shape, double momentum, double[] x, double[] movingMean, double[] movingVariance) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            int[] elements = elements(batch, shape, channel);
            double variance = variance(elements, x) * elements.length / Math.max(1, elements.length - 1);
            movingMean[channel] = (1 - momentum) * movingMean[channel] + momentum * mean(elements, x);
            movingVariance[channel] = (1 - momentum) * movingVariance[channel] + momentum * variance;
        }
    }

    private static double[] normalise(int[] elements, double epsilon, double[] x) {
        double mean = mean(elements, x);
        double deviation = Math.sqrt(variance(elements, x) + epsilon);
        double[] normalised = new double[elements.length];
        for (int i = 0; i < elements.length; i++) {
            normalised[i] = (x[elements[i]] - mean) / deviation;
        }
        return normalised;
    }

    private static double mean(int[] elements, double[] x) {
        double sum = 0;
        for (int element : elements) {
            sum += x[element];
        }
        return sum / elements.length;
    }

    private static double variance(int[] elements, double[] x) {
        double mean = mean(elements, x);
        double sum = 0;
        for (int element : elements) {
            sum += (x[element] - mean) * (x[element] - mean);
        }
        return sum / elements.length;
    }

    private static int[] elements(int batch, Shape shape, int channel) {
        int area = shape.height() * shape.width();
        int[] elements = new int[batch * area];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (i / area * shape.channels() + channel) * area + i % area;
        }
        return elements;
    }
}
