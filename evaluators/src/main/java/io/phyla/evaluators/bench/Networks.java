package io.phyla.evaluators.bench;

import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.ResNet;
import java.util.List;

/** Whole networks on 3x32x32 images, batch 64. */
final class Networks {

    private static final int BATCH = 64;
    private static final int CLASSES = 10;

    /** The best of the benchmark on CIFAR-10. */
    private static final String CELL =
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";

    private Networks() {}

    static List<Subject> all() {
        return List.of(
                new Subject("resnet-8", ResNet.ofDepth(8, CLASSES), BATCH, true),
                new Subject("resnet-20", ResNet.ofDepth(20, CLASSES), BATCH, true),
                new Subject(
                        "mobilenet-v2-half",
                        MobileNetV2.forSmallImages(0.5, CLASSES).build(),
                        BATCH,
                        true),
                new Subject(
                        "nb201-cells",
                        new Nb201Space(new Nb201Parameters(16, 1, CLASSES, 32)).decode(CellString.parse(CELL)),
                        BATCH,
                        true));
    }
}
