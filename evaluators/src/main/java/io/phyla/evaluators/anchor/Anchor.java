package io.phyla.evaluators.anchor;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import io.phyla.spaces.zoo.EfficientNet;
import io.phyla.spaces.zoo.MiniatureNetwork;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.PreActivationResNet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network that layers are tried in, small or large. */
public record Anchor(
        @Param(
                description =
                        "Its architecture: resnet (pre-activation, of bottlenecks), mobilenet (V2), efficientnet (B0),"
                                + " plain or residual (four convolutions)")
        Architecture network,

        @Param(
                description =
                        "What the architecture's channels are multiplied by; if left out 0.125 for resnet, 0.25 for"
                                + " mobilenet and efficientnet, 1 for plain and residual, which have 8 then",
                min = 0.01,
                max = 16)
        @Nullable
        Double width,

        @Param(
                description = "What the blocks of each stage are multiplied by, rounded up; if left out 0.25. Plain and"
                        + " residual have but one depth",
                min = 0.01,
                max = 16)
        @Nullable
        Double depth,

        @Param(
                description = "Height and width of its images, a divisor or a multiple of the data's",
                min = 1,
                max = 1024,
                byDefault = "16")
        int resolution,

        @Param(description = "Learning rate for this one; if left out the recipe's", min = 1e-9, max = 100) @Nullable
        Double learningRate) {

    private static final int NARROW = 8;
    private static final double SHALLOW = 0.25;

    /** The known architectures. */
    public enum Architecture {
        RESNET(0.125),
        MOBILENET(0.25),
        EFFICIENTNET(0.25),
        PLAIN(1),
        RESIDUAL(1);

        private final double width;

        Architecture(double width) {
            this.width = width;
        }
    }

    /** @throws IllegalArgumentException if a depth is asked for that the architecture does not have */
    public Anchor {
        if (depth != null && (network == Architecture.PLAIN || network == Architecture.RESIDUAL)) {
            throw new IllegalArgumentException("depth: the networks plain and residual have but one; leave it out");
        }
    }

    /** The word that its metrics end with. */
    String word() {
        return word(network);
    }

    static String word(Architecture network) {
        return Json.name(network.name());
    }

    /**
     * The network with batch normalisation and its own activations.
     *
     * @throws IllegalArgumentException if images are too small for it
     */
    Network build(int classes) {
        double wide = Objects.requireNonNullElse(width, network.width);
        double deep = Objects.requireNonNullElse(depth, SHALLOW);
        int channels = (int) Math.max(1, Math.round(NARROW * wide));
        return switch (network) {
            case RESNET ->
                PreActivationResNet.miniature(wide, deep, resolution, classes).build();
            case MOBILENET ->
                MobileNetV2.miniature(wide, deep, resolution, classes).build();
            case EFFICIENTNET ->
                EfficientNet.miniature(wide, deep, resolution, classes).build();
            case PLAIN -> MiniatureNetwork.plain(channels, resolution, classes).build();
            case RESIDUAL ->
                MiniatureNetwork.residual(channels, resolution, classes).build();
        };
    }
}
