package io.phyla.evaluators.engine;

import static io.phyla.evaluators.engine.Comparison.largest;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Whether floats and doubles can agree on a run: whether no rounding decides a derivative or is all that is left. */
final class Smoothness {

    /** Share of a tensor's largest element that floats may be off by after a few layers. */
    static final double ROUNDING = 1e-5;

    /** By less no normalisation divides that is compared. */
    private static final double LEAST_VARIANCE = 1e-2;

    private final ReferenceExecution reference;
    private final Mode mode;

    private Smoothness(ReferenceExecution reference, Mode mode) {
        this.reference = reference;
        this.mode = mode;
    }

    static boolean of(ReferenceExecution reference, Mode mode) {
        Smoothness smoothness = new Smoothness(reference, mode);
        return IntStream.range(1, reference.network().nodes().size()).allMatch(smoothness::smooth);
    }

    /** How many times larger a gradient may be in front of a layer before anything cancels, scales being at most one. */
    static double mostGain(Layer layer) {
        return layer instanceof Layer.BatchNormalization ? 1 / Math.sqrt(LEAST_VARIANCE) : 1;
    }

    private boolean smooth(int node) {
        Network.Node it = reference.network().nodes().get(node);
        double[] x = reference.values(it.inputs().getFirst());
        return switch (it.layer()) {
            case Layer.Activation layer when mode == Mode.FROZEN && layer.equals(Layer.Activation.RELU) -> true;
            case Layer.Activation layer -> activation(layer.function(), x, largest(reference.values(node)));
            case Layer.LeakyRelu _ -> away(0, x) && largest(reference.values(node)) >= 1e-2 * largest(x);
            case Layer.Softmax _ -> largest(x) < 8;
            case Layer.LayerNormalization _ -> mode == Mode.FLOW || largest(x) < 30;
            case Layer.Pooling layer -> layer.kind() == Layer.Pooling.Kind.AVERAGE || distinct(layer, it, x);
            case Layer.BatchNormalization _ ->
                mode == Mode.INFERENCE
                        || mode == Mode.FLOW
                        || smallestVariance(reference, it.inputs().getFirst()) >= LEAST_VARIANCE;
            default -> true;
        };
    }

    /**
     * Nothing near a kink. Where the function flattens out, what is left of its derivative has to be more than rounding:
     * kernels work it out from an output near 1, or as a difference.
     */
    private static boolean activation(Layer.Activation.Function function, double[] x, double largestOutput) {
        for (double kink : ReferenceActivations.kinks(function)) {
            if (!away(kink, x)) {
                return false;
            }
        }
        return switch (function) {
            case RELU -> largestOutput == 0 || largestOutput >= 1e-2 * largest(x);
            case RELU6, HARD_SIGMOID -> largest(x) < 30;
            case SIGMOID -> largest(x) < 6;
            case TANH -> largest(x) < 3.5;
            case HARD_SWISH, SWISH, GELU -> largestOutput >= 1e-2 * largest(x);
        };
    }

    /** Whether no rounding decides on which side of a number the others are. */
    static boolean away(double kink, double[] x) {
        double margin = ROUNDING * Math.max(1, largest(x));
        return Arrays.stream(x).allMatch(v -> v == 0 && kink == 0 || Math.abs(v - kink) > margin);
    }

    /** The largest of each window is larger than the others; only zeros behind rectifiers are equal also as floats. */
    private boolean distinct(Layer.Pooling layer, Network.Node node, double[] x) {
        Shape in = reference.network().shapes().get(node.inputs().getFirst());
        double margin = ROUNDING * Math.max(1e-3, largest(x));
        for (int plane = 0; plane < x.length; plane += in.height() * in.width()) {
            for (int top = -layer.padding().height(); top < in.height(); top++) {
                for (int left = -layer.padding().width(); left < in.width(); left++) {
                    double best = Double.NEGATIVE_INFINITY;
                    double second = Double.NEGATIVE_INFINITY;
                    for (int r = Math.max(0, top);
                            r < Math.min(in.height(), top + layer.kernel().height());
                            r++) {
                        for (int c = Math.max(0, left);
                                c < Math.min(in.width(), left + layer.kernel().width());
                                c++) {
                            double value = x[plane + r * in.width() + c];
                            second = Math.max(second, Math.min(best, value));
                            best = Math.max(best, value);
                        }
                    }
                    if (best - second < margin && (best != 0 || second != 0)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static double smallestVariance(ReferenceExecution reference, int node) {
        double[] x = reference.values(node);
        Shape shape = reference.network().shapes().get(node);
        int area = shape.height() * shape.width();
        return IntStream.range(0, shape.channels())
                .mapToDouble(channel -> variance(IntStream.range(0, x.length)
                        .filter(i -> i / area % shape.channels() == channel)
                        .mapToDouble(i -> x[i])
                        .toArray()))
                .min()
                .orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }
}
