package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Whole;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Upsample.Kind;
import io.phyla.spaces.design.Shape;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enlargement by a whole factor, where the samples lie as in our layer. */
final class ResizeOperators {

    private static final Set<String> CENTRES = Set.of("half_pixel", "pytorch_half_pixel");

    private ResizeOperators() {}

    /** Before opset 10; its samples lie at the corners of pixels. */
    static Value upsample(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int from = map(operation, of);
        operation.attributes().only("mode", "nearest");
        float[] scales = operation.opset() < 9 ? operation.attributes().reals("scales") : operation.real(1).values();
        return enlarge(operation, from, factor(scales), Kind.NEAREST);
    }

    static Value resize(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int from = map(operation, of);
        Attributes attributes = operation.attributes();
        attributes.only("antialias", 0);
        attributes.only("exclude_outside", 0);
        attributes.only("keep_aspect_ratio_policy", "stretch");
        attributes.real("extrapolation_value", 0);
        attributes.real("cubic_coeff_a", -0.75);
        if (attributes.has("axes")) {
            throw new Refusal("its attribute 'axes' cannot be read");
        }
        String mode = attributes.text("mode", "nearest");
        boolean old = operation.opset() < 11;
        String samples = attributes.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        String nearest = attributes.text("nearest_mode", old ? "floor" : "round_prefer_floor");
        int factor = factor(operation, old, operation.assembly().shape(from));
        boolean corners = samples.equals("asymmetric") && nearest.equals("floor");
        boolean centres = CENTRES.contains(samples) && nearest.startsWith("round_prefer");
        if (mode.equals("nearest") && (corners || centres)) {
            return enlarge(operation, from, factor, Kind.NEAREST);
        } else if (mode.equals("linear") && CENTRES.contains(samples)) {
            return enlarge(operation, from, factor, Kind.LINEAR);
        }
        throw new Refusal("there is no layer for the mode " + mode + " with " + samples
                + (mode.equals("nearest") ? " and " + nearest : ""));
    }

    private static int map(Operation operation, Signal of) throws Refusal {
        if (of.view().dims().size() != 3) {
            throw new Refusal("there is no layer that enlarges " + of.view() + "; N,C,H,W can be read");
        }
        return operation.settling().map(of);
    }

    private static int factor(Operation operation, boolean old, Shape in) throws Refusal {
        if (old) {
            return factor(operation.real(1).values());
        }
        if (operation.given(1)) {
            operation.fixed(1);
        }
        float[] scales = operation.given(2) ? operation.real(2).values() : new float[0];
        if (scales.length > 0) {
            return factor(scales);
        }
        if (!(operation.fixed(3) instanceof Whole sizes) || sizes.values().length != 4) {
            throw new Refusal("it needs factors or sizes of 4 dimensions");
        }
        long[] asked = sizes.values();
        boolean batch = sizes.batch().get(0) || asked[0] == 1 || asked[0] == operation.batch();
        if (!batch || asked[1] != in.channels() || sizes.batch().nextSetBit(1) >= 0) {
            throw new Refusal("there is no layer that enlarges the batch or the channels");
        }
        return factor(new float[] {1, 1, (float) asked[2] / in.height(), (float) asked[3] / in.width()});
    }

    private static int factor(float @Nullable [] scales) throws Refusal {
        if (scales == null
                || scales.length != 4
                || scales[0] != 1
                || scales[1] != 1
                || scales[2] != scales[3]
                || scales[2] < 1
                || scales[2] > Short.MAX_VALUE
                || scales[2] != Math.rint(scales[2])) {
            throw new Refusal("there is a layer only for one whole factor of height and width");
        }
        return (int) scales[2];
    }

    private static Value enlarge(Operation operation, int from, int factor, Kind kind) throws Refusal {
        return operation.add(new Layer.Upsample(factor, kind), Map.of(), 3, from);
    }
}
