package io.phyla.evaluators.export;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.zoo.ImageNetResNet;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.OfaMobileNetV3;
import io.phyla.spaces.zoo.OfaMobileNetV3.Block;
import io.phyla.spaces.zoo.ResNet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Published networks on images small enough for a test. */
public final class Zoo {

    private static final int BATCH = 8;
    private static final int LARGE_BATCH = 4;
    private static final Shape IMAGES = new Shape(3, 48, 48);
    private static final List<String> CELLS = List.of(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|",
            "|avg_pool_3x3~0|+|none~0|nor_conv_1x1~1|+|nor_conv_1x1~0|avg_pool_3x3~1|skip_connect~2|",
            "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");

    private Zoo() {}

    /** With the statistics of its images. */
    public static Stream<Specimen> specimens() {
        return specimens(networks(), BATCH);
    }

    /** The same for images as large as the papers have them: seconds for each network. */
    public static Stream<Specimen> large() {
        Shape images = new Shape(3, 224, 224);
        Map<String, Network> networks = new LinkedHashMap<>();
        for (int depth : new int[] {18, 34, 50, 101}) {
            networks.put(
                    "large_resnet" + depth,
                    ImageNetResNet.ofDepth(depth, images, 1000).build());
        }
        networks.put("large_mobilenetv2", MobileNetV2.forLargeImages(1).build());
        networks.put("large_ofa", OfaMobileNetV3.uniform(images, 1000, 7, 6, 4).build());
        networks.put("resnet56", ResNet.ofDepth(56, 100));
        return specimens(networks, LARGE_BATCH);
    }

    private static Stream<Specimen> specimens(Map<String, Network> networks, int batch) {
        return networks.entrySet().stream()
                .map(entry -> Specimen.trained(entry.getKey(), entry.getValue(), batch, 7));
    }

    private static Map<String, Network> networks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        networks.put("resnet8", ResNet.ofDepth(8, 10));
        networks.put("resnet20", ResNet.ofDepth(20, 10));
        networks.put("resnet18", ImageNetResNet.ofDepth(18, IMAGES, 1000).build());
        networks.put("resnet50", ImageNetResNet.ofDepth(50, IMAGES, 1000).build());
        networks.put("mobilenetv2", MobileNetV2.forSmallImages(0.5, 10).build());
        networks.put("ofa_smallest", OfaMobileNetV3.uniform(IMAGES, 1000, 3, 3, 2).build());
        List<List<Block>> mixed = List.of(
                List.of(new Block(5, 3), new Block(3, 6)),
                List.of(new Block(7, 4), new Block(5, 6), new Block(3, 3)),
                List.of(new Block(3, 6), new Block(7, 4)),
                List.of(new Block(5, 4), new Block(7, 6)),
                List.of(new Block(7, 3), new Block(3, 4), new Block(5, 6)));
        networks.put("ofa_mixed", new OfaMobileNetV3(IMAGES, 100, mixed).build());
        Nb201Parameters parameters = new Nb201Parameters(16, 2, 10, 16);
        for (int cell = 0; cell < CELLS.size(); cell++) {
            networks.put("cells" + cell, new Nb201Space(parameters).decode(CellString.parse(CELLS.get(cell))));
        }
        return networks;
    }
}
