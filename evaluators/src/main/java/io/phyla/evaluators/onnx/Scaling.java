package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A factor and a summand for each channel of a layer's output: taken into the layer's own numbers if nobody else reads it,
 * else a convolution of each channel by itself with a kernel of 1, which is the same thing.
 */
record Scaling(float[] scale, float[] shift) {

    static Scaling same(double scale, double shift, int channels) {
        float[] scales = new float[channels];
        float[] shifts = new float[channels];
        Arrays.fill(scales, (float) scale);
        Arrays.fill(shifts, (float) shift);
        return new Scaling(scales, shifts);
    }

    boolean nothing() {
        return all(scale, 1) && all(shift, 0);
    }

    private static boolean all(float[] values, float value) {
        for (float each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }

    /** The layer that also does this. */
    int apply(Assembly assembly, int layer, String name) throws Refusal {
        if (nothing()) {
            return layer;
        }
        if (!assembly.pinned(layer)) {
            Optional<Draft> taken = into(assembly.draft(layer));
            if (taken.isPresent()) {
                assembly.replace(layer, taken.get());
                return layer;
            }
        }
        boolean bias = !all(shift, 0);
        int channels = scale.length;
        Map<Role, float[]> tensors = new EnumMap<>(Role.class);
        tensors.put(Role.WEIGHT, scale);
        if (bias) {
            tensors.put(Role.BIAS, shift);
        }
        Layer each = new Layer.Convolution(channels, Extent.ONE, Extent.ONE, Extent.ZERO, Extent.ONE, channels, bias);
        return assembly.add(name, each, tensors, layer);
    }

    private Optional<Draft> into(Draft draft) {
        return switch (draft.layer()) {
            case Layer.Convolution it ->
                Optional.of(weighted(
                        draft,
                        it.bias(),
                        bias -> new Layer.Convolution(
                                it.channels(),
                                it.kernel(),
                                it.stride(),
                                it.padding(),
                                it.dilation(),
                                it.groups(),
                                bias)));
            case Layer.Linear it ->
                Optional.of(weighted(draft, it.bias(), bias -> new Layer.Linear(it.features(), bias)));
            case Layer.BatchNormalization _,
                    Layer.GroupNormalization _,
                    Layer.LayerNormalization _,
                    Layer.InstanceNormalization _ -> Optional.of(normalized(draft));
            case Layer.MatrixProduct it
            when all(scale, scale[0]) && all(shift, 0) ->
                Optional.of(draft.with(
                        new Layer.MatrixProduct(it.heads(), it.transposed(), it.scale() * scale[0]), draft.tensors()));
            case Layer.MatrixProduct _,
                    Layer.TransposedConvolution _,
                    Layer.Input _,
                    Layer.Program _,
                    Layer.Activation _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
                    Layer.Pooling _,
                    Layer.GlobalPooling _,
                    Layer.Add _,
                    Layer.Multiply _,
                    Layer.Concat _,
                    Layer.Pad _,
                    Layer.Flatten _,
                    Layer.PixelShuffle _,
                    Layer.Upsample _,
                    Layer.Dropout _,
                    Layer.Zero _ -> Optional.empty();
        };
    }

    private interface Biased {
        Layer with(boolean bias);
    }

    private Draft weighted(Draft draft, boolean biased, Biased layer) {
        float[] weights = draft.tensor(Role.WEIGHT).clone();
        int rows = scale.length;
        int row = weights.length / rows;
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scale[i / row];
        }
        Map<Role, float[]> tensors = new EnumMap<>(Role.class);
        tensors.put(Role.WEIGHT, weights);
        boolean bias = biased || !all(shift, 0);
        if (bias) {
            tensors.put(Role.BIAS, shifted(biased ? draft.tensor(Role.BIAS) : new float[rows]));
        }
        return draft.with(layer.with(bias), tensors);
    }

    private Draft normalized(Draft draft) {
        Map<Role, float[]> tensors = new EnumMap<>(draft.tensors());
        float[] scales = draft.tensor(Role.SCALE).clone();
        for (int i = 0; i < scales.length; i++) {
            scales[i] *= scale[i];
        }
        tensors.put(Role.SCALE, scales);
        tensors.put(Role.SHIFT, shifted(draft.tensor(Role.SHIFT)));
        return draft.with(draft.layer(), tensors);
    }

    private float[] shifted(float[] values) {
        float[] shifted = new float[values.length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = values[i] * scale[i] + shift[i];
        }
        return shifted;
    }
}
