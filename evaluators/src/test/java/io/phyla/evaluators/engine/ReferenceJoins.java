package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;

/** Layers that join two or more values: products and concatenations, N,C,H,W. */
final class ReferenceJoins {

    private ReferenceJoins() {}

    /** b has as many elements as a, or one for each of a's maps. */
    static void multiply(double[] a, double[] b, double[] y) {
        int area = a.length / b.length;
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] * b[i / area];
        }
    }

    static void multiplyBackward(double[] a, double[] b, double[] dy, double[] da, double[] db) {
        int area = a.length / b.length;
        for (int i = 0; i < dy.length; i++) {
            da[i] += dy[i] * b[i / area];
            db[i / area] += dy[i] * a[i];
        }
    }

    /** Copies one input, whose first channel becomes number {@code channel} of the output. */
    static void concatenate(int batch, Shape in, Shape out, int channel, double[] x, double[] y) {
        int length = Math.toIntExact(in.elements());
        for (int sample = 0; sample < batch; sample++) {
            int to = Math.toIntExact(sample * out.elements()) + channel * out.height() * out.width();
            System.arraycopy(x, sample * length, y, to, length);
        }
    }

    static void concatenateBackward(int batch, Shape in, Shape out, int channel, double[] dy, double[] dx) {
        int length = Math.toIntExact(in.elements());
        for (int sample = 0; sample < batch; sample++) {
            int from = Math.toIntExact(sample * out.elements()) + channel * out.height() * out.width();
            for (int i = 0; i < length; i++) {
                dx[sample * length + i] += dy[from + i];
            }
        }
    }

    /** What dropout multiplies each element by. */
    static double[] dropout(long seed, int node, double probability, int batch, Shape shape) {
        DropoutMask mask = DropoutMask.of(seed, node, probability);
        double[] factors = new double[Math.toIntExact(batch * shape.elements())];
        int area = shape.height() * shape.width();
        for (int i = 0; i < factors.length; i++) {
            int channel = i / area % shape.channels();
            int place = i / area / shape.channels() * area + i % area;
            boolean kept = mask.keeps((long) place * shape.channels() + channel);
            factors[i] = kept ? 1 / (1 - probability) : 0;
        }
        return factors;
    }
}
