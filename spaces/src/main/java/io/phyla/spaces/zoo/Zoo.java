package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The networks by name, for people who want one without writing a program: as their papers have them for 3x32x32 images of 10
 * classes, with {@code imagenet_} in front for large images of 1000, and with {@code miniature_} for the glyphs, 3x16x16 of 12.
 */
public final class Zoo {

    private static final int SMALL_CLASSES = 10;
    private static final int LARGE_CLASSES = 1000;
    private static final int GLYPHS = 12;
    private static final int SMALL = 32;
    private static final int MINIATURE = 16;
    private static final double QUARTER = 0.25;
    private static final double EIGHTH = 0.125;

    private static final Map<String, Entry> ENTRIES = entries();

    private Zoo() {}

    /** A network with another number of classes than it was published for. */
    private record Entry(int classes, IntFunction<Network> builder) {}

    /** What there is, in a fixed order. */
    public static Set<String> names() {
        return ENTRIES.keySet();
    }

    /**
     * @param classes null for as many as it was published with
     * @throws IllegalArgumentException if none is called so, with the nearest one
     */
    public static Network network(String name, @Nullable Integer classes) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(Nearest.unknown("network", name, names()));
        }
        return entry.builder().apply(classes == null ? entry.classes() : classes);
    }

    private static Map<String, Entry> entries() {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (int depth : List.of(8, 14, 20, 32, 44, 56, 110)) {
            all.put("resnet" + depth, small(classes -> ResNet.ofDepth(depth, classes)));
        }
        for (int depth : List.of(20, 56, 110, 164)) {
            all.put(
                    "preactivation_resnet" + depth,
                    small(classes ->
                            PreActivationResNet.forSmallImages(depth, classes).build()));
        }
        all.put(
                "mobilenet_v2",
                small(classes -> MobileNetV2.forSmallImages(1, classes).build()));
        all.put(
                "efficientnet_b0",
                small(classes -> EfficientNet.miniature(1, 1, SMALL, classes).build()));
        for (int depth : List.of(18, 34, 50, 101, 152)) {
            all.put(
                    "imagenet_resnet" + depth,
                    large(classes -> ImageNetResNet.ofDepth(depth, new Shape(3, 224, 224), classes)
                            .build()));
            all.put(
                    "imagenet_preactivation_resnet" + depth,
                    large(classes -> PreActivationResNet.forLargeImages(depth)
                            .withClasses(classes)
                            .build()));
        }
        all.put(
                "imagenet_mobilenet_v2",
                large(classes ->
                        MobileNetV2.forLargeImages(1).withClasses(classes).build()));
        for (int number = 0; number <= 7; number++) {
            int it = number;
            all.put(
                    "imagenet_efficientnet_b" + number,
                    large(classes ->
                            EfficientNet.forLargeImages(it).withClasses(classes).build()));
        }
        all.put(
                "miniature_resnet",
                miniature(classes -> PreActivationResNet.miniature(EIGHTH, QUARTER, MINIATURE, classes)
                        .build()));
        all.put(
                "miniature_mobilenet",
                miniature(classes -> MobileNetV2.miniature(QUARTER, QUARTER, MINIATURE, classes)
                        .build()));
        all.put(
                "miniature_efficientnet",
                miniature(classes -> EfficientNet.miniature(QUARTER, QUARTER, MINIATURE, classes)
                        .build()));
        all.put(
                "miniature_plain",
                miniature(classes ->
                        MiniatureNetwork.plain(MINIATURE, MINIATURE, classes).build()));
        all.put(
                "miniature_residual",
                miniature(classes ->
                        MiniatureNetwork.residual(MINIATURE, MINIATURE, classes).build()));
        return Collections.unmodifiableMap(all);
    }

    private static Entry small(IntFunction<Network> builder) {
        return new Entry(SMALL_CLASSES, builder);
    }

    private static Entry large(IntFunction<Network> builder) {
        return new Entry(LARGE_CLASSES, builder);
    }

    private static Entry miniature(IntFunction<Network> builder) {
        return new Entry(GLYPHS, builder);
    }
}
