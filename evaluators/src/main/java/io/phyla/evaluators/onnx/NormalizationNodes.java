package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Layer;
import java.util.List;

/** Normalisations, with operators where the operator set has them and put together from plainer ones where it has not. */
final class NormalizationNodes {

    /** From here on scale and shift of GroupNormalization are per channel; before they were per group. */
    private static final int GROUP_OPERATOR = 21;

    private static final int LAYER_OPERATOR = 17;

    /** From here on the axes of a mean are an input. */
    private static final int AXES_AS_INPUT = 18;

    private NormalizationNodes() {}

    static void batch(Site at, Layer.BatchNormalization layer) {
        at.last(
                "BatchNormalization",
                List.of(
                        at.input(),
                        at.tensor(Role.SCALE),
                        at.tensor(Role.SHIFT),
                        at.tensor(Role.MEAN),
                        at.tensor(Role.VARIANCE)),
                Attributes.of("epsilon", layer.epsilon()).and("momentum", 1 - layer.momentum()));
    }

    static void instance(Site at, Layer.InstanceNormalization layer) {
        at.last(
                "InstanceNormalization",
                List.of(at.input(), at.tensor(Role.SCALE), at.tensor(Role.SHIFT)),
                Attributes.of("epsilon", layer.epsilon()));
    }

    static void group(Site at, Layer.GroupNormalization layer) {
        if (at.opset() >= GROUP_OPERATOR) {
            at.last(
                    "GroupNormalization",
                    List.of(at.input(), at.tensor(Role.SCALE), at.tensor(Role.SHIFT)),
                    Attributes.of("epsilon", layer.epsilon()).and("num_groups", layer.groups()));
            return;
        }
        String grouped =
                at.step("groups", "Reshape", List.of(at.input(), at.integers("group_shape", 0, layer.groups(), -1)));
        String ones = at.filled("ones", layer.groups(), 1);
        String zeros = at.filled("zeros", layer.groups(), 0);
        String normal = at.step(
                "normalized",
                "InstanceNormalization",
                List.of(grouped, ones, zeros),
                Attributes.of("epsilon", layer.epsilon()));
        int channels = at.shape().channels();
        String shape = at.integers(
                "shape", 0, channels, at.shape().height(), at.shape().width());
        scale(at, at.step("ungrouped", "Reshape", List.of(normal, shape)));
    }

    static void layer(Site at, Layer.LayerNormalization layer) {
        if (at.opset() < LAYER_OPERATOR) {
            composed(at, layer);
        } else if (at.vector()) {
            at.last(
                    "LayerNormalization",
                    List.of(at.input(), at.tensor(Role.SCALE), at.tensor(Role.SHIFT)),
                    Attributes.of("axis", -1).and("epsilon", layer.epsilon()));
        } else {
            String last = at.step(
                    "channels_last", "Transpose", List.of(at.input()), Attributes.of("perm", List.of(0L, 2L, 3L, 1L)));
            String normal = at.step(
                    "normalized",
                    "LayerNormalization",
                    List.of(last, at.tensor(Role.SCALE), at.tensor(Role.SHIFT)),
                    Attributes.of("axis", -1).and("epsilon", layer.epsilon()));
            at.last("Transpose", List.of(normal), Attributes.of("perm", List.of(0L, 3L, 1L, 2L)));
        }
    }

    private static void composed(Site at, Layer.LayerNormalization layer) {
        String mean = mean(at, "mean", at.input());
        String centred = at.step("centred", "Sub", List.of(at.input(), mean));
        String variance = mean(at, "variance", at.step("squares", "Mul", List.of(centred, centred)));
        String sum = at.step("sum", "Add", List.of(variance, at.scalar("epsilon", layer.epsilon())));
        String deviation = at.step("deviation", "Sqrt", List.of(sum));
        scale(at, at.step("normalized", "Div", List.of(centred, deviation)));
    }

    private static String mean(Site at, String name, String input) {
        return at.opset() < AXES_AS_INPUT
                ? at.step(name, "ReduceMean", List.of(input), Attributes.of("axes", List.of(1L)))
                : at.step(name, "ReduceMean", List.of(input, at.integers(name + "_axes", 1)));
    }

    /** Scale and shift of each channel. */
    private static void scale(Site at, String normalized) {
        int channels = at.shape().channels();
        List<Integer> shape = at.vector() ? List.of(channels) : List.of(channels, 1, 1);
        String scaled = at.step("scaled", "Mul", List.of(normalized, at.tensor(Role.SCALE, shape)));
        at.last("Add", List.of(scaled, at.tensor(Role.SHIFT, shape)));
    }
}
