package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.export.Outline;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which batch normalisations become part of the layer before them: with f = scale / sqrt(variance + epsilon) per channel the
 * weights are multiplied by f and the bias becomes (bias - mean) * f + shift. Only where nothing else reads that layer, and
 * where the products are finite.
 */
final class Folding {

    static final Folding NONE = new Folding(Map.of(), Map.of());

    /** By the layer with the weights. */
    private final Map<Integer, Fold> folds;

    /** From the layer with the weights to its normalisation. */
    private final Map<Integer, Integer> normalizations;

    /** What becomes of one layer's numbers; a factor and a bias per output channel. */
    record Fold(double[] factor, float[] bias) {

        /** Weights whose first dimension is the output channel. */
        float[] weights(float[] weights) {
            int inner = weights.length / factor.length;
            float[] folded = new float[weights.length];
            for (int i = 0; i < weights.length; i++) {
                folded[i] = (float) (weights[i] * factor[i / inner]);
            }
            return folded;
        }

        /** The same of a transposed convolution, I,O/groups,Kh,Kw. */
        float[] transposed(float[] weights, int inputs, int groups, int window) {
            int outputs = factor.length / groups;
            float[] folded = new float[weights.length];
            for (int i = 0; i < weights.length; i++) {
                int group = i / window / outputs / (inputs / groups);
                folded[i] = (float) (weights[i] * factor[group * outputs + i / window % outputs]);
            }
            return folded;
        }
    }

    private Folding(Map<Integer, Fold> folds, Map<Integer, Integer> normalizations) {
        this.folds = folds;
        this.normalizations = normalizations;
    }

    static Folding of(Network network, Outline outline, Weights weights) {
        Map<Integer, Fold> folds = new HashMap<>();
        Map<Integer, Integer> normalizations = new HashMap<>();
        for (int node = 0; node < network.nodes().size(); node++) {
            if (outline.live(node)
                    && network.nodes().get(node).layer() instanceof Layer.BatchNormalization normalization) {
                int before = network.nodes().get(node).inputs().getFirst();
                Fold fold = outline.uses(before) == 1 ? fold(network, weights, before, node, normalization) : null;
                if (fold != null) {
                    folds.put(before, fold);
                    normalizations.put(before, node);
                }
            }
        }
        return new Folding(folds, normalizations);
    }

    private static @Nullable Fold fold(
            Network network, Weights weights, int before, int node, Layer.BatchNormalization normalization) {
        Layer layer = network.nodes().get(before).layer();
        if (!weighted(layer)) {
            return null;
        }
        float[] scale = weights.values(node, Role.SCALE);
        float[] shift = weights.values(node, Role.SHIFT);
        float[] mean = weights.values(node, Role.MEAN);
        float[] variance = weights.values(node, Role.VARIANCE);
        float[] own = biased(layer) ? weights.values(before, Role.BIAS) : new float[scale.length];
        double[] factor = new double[scale.length];
        float[] bias = new float[scale.length];
        for (int channel = 0; channel < factor.length; channel++) {
            factor[channel] = scale[channel] / Math.sqrt(variance[channel] + normalization.epsilon());
            bias[channel] = (float) ((own[channel] - (double) mean[channel]) * factor[channel] + shift[channel]);
        }
        return finite(factor, bias, weights.values(before, Role.WEIGHT)) ? new Fold(factor, bias) : null;
    }

    private static boolean finite(double[] factor, float[] bias, float[] weights) {
        double most = 0;
        for (float weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        for (int channel = 0; channel < factor.length; channel++) {
            if (!(Math.abs(factor[channel]) * Math.max(1, most) <= Float.MAX_VALUE && Float.isFinite(bias[channel]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean weighted(Layer layer) {
        return layer instanceof Layer.Convolution
                || layer instanceof Layer.TransposedConvolution
                || layer instanceof Layer.Linear;
    }

    private static boolean biased(Layer layer) {
        return layer instanceof Layer.Convolution convolution && convolution.bias()
                || layer instanceof Layer.TransposedConvolution transposed && transposed.bias()
                || layer instanceof Layer.Linear linear && linear.bias();
    }

    /** What becomes of a layer's numbers, if a normalisation is folded into it. */
    @Nullable
    Fold of(int node) {
        return folds.get(node);
    }

    /** Whether a layer is a normalisation that is part of the one before. */
    boolean folded(int node) {
        return normalizations.containsValue(node);
    }

    /** The layer whose value a layer gives: a normalisation's if it is folded into it, else its own. */
    int named(int node) {
        return normalizations.getOrDefault(node, node);
    }
}
