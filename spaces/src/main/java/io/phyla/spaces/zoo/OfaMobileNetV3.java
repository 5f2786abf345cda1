package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Collections;
import java.util.List;

/**
 * One sub-network of Once-for-All (Cai et al., ICLR 2020) over MobileNetV3 (Howard et al., ICCV 2019) of width 1: five stages of
 * inverted residuals whose depthwise kernel and expansion are chosen block by block, some with squeeze-excitation, later ones
 * with hard-swish.
 *
 * @param images the paper has 3x128x128 to 3x224x224
 * @param stages blocks of each stage, the first of them with the stage's stride; the paper has two to four
 */
public record OfaMobileNetV3(Shape images, int classes, List<List<Block>> stages) {

    private static final int SQUEEZE = 4;
    private static final int STEM = 16;
    private static final int EXPANDED = 960;
    private static final int FEATURES = 1280;
    private static final double DROPOUT = 0.1;

    private static final List<Stage> TABLE = List.of(
            new Stage(24, 2, false, Function.RELU),
            new Stage(40, 2, true, Function.RELU),
            new Stage(80, 2, false, Function.HARD_SWISH),
            new Stage(112, 1, true, Function.HARD_SWISH),
            new Stage(160, 2, true, Function.HARD_SWISH));

    private record Stage(int channels, int stride, boolean excited, Function function) {}

    /** What is chosen for one block: depthwise kernel (3, 5 or 7 in the paper) and expansion (3, 4 or 6). */
    public record Block(int kernel, int expansion) {
        public Block {
            if (kernel < 1 || kernel % 2 == 0 || expansion < 1) {
                throw new IllegalArgumentException(
                        "a block needs an odd kernel and a positive expansion, not " + kernel + " and " + expansion);
            }
        }
    }

    public OfaMobileNetV3 {
        stages = stages.stream().map(List::copyOf).toList();
        if (stages.size() != TABLE.size() || stages.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("there are " + TABLE.size() + " stages of at least one block each, not "
                    + stages.stream().map(List::size).toList());
        }
    }

    /** The same block everywhere, in five stages of one depth. */
    public static OfaMobileNetV3 uniform(Shape images, int classes, int kernel, int expansion, int depth) {
        List<Block> stage = Collections.nCopies(depth, new Block(kernel, expansion));
        return new OfaMobileNetV3(images, classes, Collections.nCopies(TABLE.size(), stage));
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int top = activated(
                network,
                "stem",
                normalised(network, "stem", 0, Layer.Convolution.of(STEM, 3, 2, 1)),
                Function.HARD_SWISH);
        int filtered = normalised(network, "first.filter", top, Layer.Convolution.depthwise(STEM, 3, 1));
        filtered = activated(network, "first.filter", filtered, Function.RELU);
        int projected = normalised(network, "first.project", filtered, Layer.Convolution.of(STEM, 1, 1, 0));
        top = network.add("first.add", new Layer.Add(), projected, top);
        int channels = STEM;
        for (int stage = 0; stage < TABLE.size(); stage++) {
            for (int block = 0; block < stages.get(stage).size(); block++) {
                String name = "stage" + (stage + 1) + ".block" + (block + 1);
                Stage it = TABLE.get(stage);
                Stage own = block == 0 ? it : new Stage(it.channels, 1, it.excited, it.function);
                int out = block(network, name, top, channels, stages.get(stage).get(block), own);
                boolean residual = own.stride == 1 && channels == own.channels;
                top = residual ? network.add(name + ".add", new Layer.Add(), out, top) : out;
                channels = own.channels;
            }
        }
        return head(network, top);
    }

    private Network head(Network.Builder network, int input) {
        int top = normalised(network, "head.expand", input, Layer.Convolution.of(EXPANDED, 1, 1, 0));
        top = activated(network, "head.expand", top, Function.HARD_SWISH);
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        top = network.add("head.mix.convolution", Layer.Convolution.of(FEATURES, 1, 1, 0), top);
        top = activated(network, "head.mix", top, Function.HARD_SWISH);
        top = network.add("head.dropout", new Layer.Dropout(DROPOUT), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private static int block(Network.Builder network, String name, int input, int in, Block block, Stage stage) {
        int wide = Widths.divisible(in * block.expansion);
        int top = normalised(network, name + ".expand", input, Layer.Convolution.of(wide, 1, 1, 0));
        top = activated(network, name + ".expand", top, stage.function);
        top = normalised(network, name + ".filter", top, Layer.Convolution.depthwise(wide, block.kernel, stage.stride));
        top = activated(network, name + ".filter", top, stage.function);
        top = stage.excited ? excited(network, name + ".excitation", top, wide) : top;
        return normalised(network, name + ".project", top, Layer.Convolution.of(stage.channels, 1, 1, 0));
    }

    /** Squeeze-excitation (Hu, Shen, Sun, CVPR 2018): each channel times a gate computed from the means of all. */
    private static int excited(Network.Builder network, String name, int input, int channels) {
        int top = network.add(name + ".pool", new Layer.GlobalPooling(), input);
        int narrow = Widths.divisible(channels / SQUEEZE);
        top = network.add(name + ".reduce", new Layer.Convolution(narrow, 1, 1, 0, 1, 1, true), top);
        top = network.add(name + ".relu", Layer.Activation.RELU, top);
        top = network.add(name + ".expand", new Layer.Convolution(channels, 1, 1, 0, 1, 1, true), top);
        top = network.add(name + ".gate", new Layer.Activation(Function.HARD_SIGMOID), top);
        return network.add(name, new Layer.Multiply(), input, top);
    }

    private static int normalised(Network.Builder network, String name, int input, Layer.Convolution layer) {
        int convolution = network.add(name + ".convolution", layer, input);
        return network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, convolution);
    }

    private static int activated(Network.Builder network, String name, int input, Function function) {
        return network.add(name + ".activation", new Layer.Activation(function), input);
    }
}
