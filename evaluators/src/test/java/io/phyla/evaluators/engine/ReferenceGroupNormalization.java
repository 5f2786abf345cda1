package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;

/**
 * Each sample's groups of channels normalised by their own mean m and biased variance v: y = scale * (x - m) / sqrt(v + eps) +
 * shift, scale and shift per channel. A group's elements lie side by side in N,C,H,W.
 */
final class ReferenceGroupNormalization {

    private final int batch;
    private final Shape shape;
    private final int groups;
    private final double epsilon;
    private final int size;

    ReferenceGroupNormalization(int batch, Shape shape, int groups, double epsilon) {
        this.batch = batch;
        this.shape = shape;
        this.groups = groups;
        this.epsilon = epsilon;
        this.size = Math.toIntExact(shape.elements() / groups);
    }

    void forward(double[] x, double[] scale, double[] shift, double[] y) {
        for (int from = 0; from < x.length; from += size) {
            double mean = mean(x, from);
            double deviation = deviation(x, from);
            for (int i = from; i < from + size; i++) {
                y[i] = scale[channel(i)] * (x[i] - mean) / deviation + shift[channel(i)];
            }
        }
    }

    /** With g = scale * dy and h = (x - m) / sqrt(v + eps): dx = (g - mean(g) - h * mean(g * h)) / sqrt(v + eps). */
    void backward(double[] x, double[] scale, double[] dy, double[] dx, double[] dScale, double[] dShift) {
        for (int from = 0; from < batch * groups * size; from += size) {
            double mean = mean(x, from);
            double deviation = deviation(x, from);
            double plain = 0;
            double along = 0;
            for (int i = from; i < from + size; i++) {
                double h = (x[i] - mean) / deviation;
                plain += scale[channel(i)] * dy[i] / size;
                along += scale[channel(i)] * dy[i] * h / size;
                dScale[channel(i)] += dy[i] * h;
                dShift[channel(i)] += dy[i];
            }
            for (int i = from; i < from + size; i++) {
                double h = (x[i] - mean) / deviation;
                dx[i] += (scale[channel(i)] * dy[i] - plain - h * along) / deviation;
            }
        }
    }

    private int channel(int element) {
        return element / (shape.height() * shape.width()) % shape.channels();
    }

    private double mean(double[] x, int from) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += x[i];
        }
        return sum / size;
    }

    private double deviation(double[] x, int from) {
        double mean = mean(x, from);
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += (x[i] - mean) * (x[i] - mean);
        }
        return Math.sqrt(sum / size + epsilon);
    }
}
