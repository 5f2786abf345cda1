package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Shape;
import java.util.stream.IntStream;

/** Normalisation of each position over its channels, as plain loops over N,C,H,W; see {@link ReferenceLayers}. */
final class ReferenceLayerNormalization {

    private final Shape shape;
    private final double epsilon;
    private final double[] x;

    ReferenceLayerNormalization(Shape shape, double epsilon, double[] x) {
        this.shape = shape;
        this.epsilon = epsilon;
        this.x = x;
    }

    /** One position's elements, channel by channel, and how far they are spread. */
    private record Position(int[] elements, double mean, double deviation) {
        double normalised(double[] x, int channel) {
            return (x[elements[channel]] - mean) / deviation;
        }
    }

    private Position position(int index) {
        int area = shape.height() * shape.width();
        int start = index / area * shape.channels() * area + index % area;
        int[] elements = IntStream.range(0, shape.channels())
                .map(channel -> start + channel * area)
                .toArray();
        double mean = IntStream.of(elements).mapToDouble(i -> x[i]).average().orElseThrow();
        double variance = IntStream.of(elements)
                .mapToDouble(i -> (x[i] - mean) * (x[i] - mean))
                .average()
                .orElseThrow();
        return new Position(elements, mean, Math.sqrt(variance + epsilon));
    }

    void forward(double[] scale, double[] shift, double[] y) {
        for (int index = 0; index < x.length / shape.channels(); index++) {
            Position at = position(index);
            for (int channel = 0; channel < shape.channels(); channel++) {
                y[at.elements()[channel]] = scale[channel] * at.normalised(x, channel) + shift[channel];
            }
        }
    }

    /** With h the normalised x and g = scale * dy: dx = (g - mean(g) - h * mean(g * h)) / deviation. */
    void backward(double[] scale, double[] dy, double[] dx, double[] dScale, double[] dShift) {
        int channels = shape.channels();
        for (int index = 0; index < x.length / channels; index++) {
            Position at = position(index);
            double sum = 0;
            double product = 0;
            for (int channel = 0; channel < channels; channel++) {
                double slope = dy[at.elements()[channel]];
                dScale[channel] += slope * at.normalised(x, channel);
                dShift[channel] += slope;
                sum += scale[channel] * slope;
                product += scale[channel] * slope * at.normalised(x, channel);
            }
            for (int channel = 0; channel < channels; channel++) {
                double centred = scale[channel] * dy[at.elements()[channel]]
                        - sum / channels
                        - at.normalised(x, channel) * product / channels;
                dx[at.elements()[channel]] += centred / at.deviation();
            }
        }
    }
}
