package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Collections;
import java.util.List;

/**
 * Residual networks whose blocks normalise and activate first (He, Zhang, Ren, Sun, "Identity mappings in deep residual
 * networks", ECCV 2016): nothing but additions lies between a block's input and its output. Where the shape changes, the
 * shortcut is a 1x1 convolution of the activated input. Every normalisation is followed by an activation, so that a layer that
 * is both can stand in every place.
 *
 * @param images the paper has 3x224x224 and 3x32x32
 * @param repeats blocks of each stage; every stage but the first halves the map in the 3x3 convolution of its first block
 * @param channels of a block's 3x3 convolutions in the first stage, twice as many in each stage that follows
 * @param stem what leads to the first stage
 */
public record PreActivationResNet(
        Shape images, int classes, Block block, List<Integer> repeats, int channels, Stem stem) {

    private static final int CHANNELS = 64;
    private static final int SMALL_CHANNELS = 16;
    private static final int SMALL_STAGES = 3;

    /** What a stage is made of. */
    public enum Block {
        /** Two 3x3 convolutions. */
        BASIC(1),
        /** 1x1, 3x3 and 1x1, the last with four times the channels. */
        BOTTLENECK(4);

        private final int widening;

        Block(int widening) {
            this.widening = widening;
        }
    }

    /** The beginning. */
    public enum Stem {
        /** A 7x7 convolution and a maximum that divide the sides by four. */
        LARGE,
        /** A 3x3 convolution that keeps them. */
        SMALL
    }

    public PreActivationResNet {
        repeats = List.copyOf(repeats);
        if (repeats.isEmpty() || repeats.stream().anyMatch(blocks -> blocks < 1) || channels < 1 || classes < 1) {
            throw new IllegalArgumentException("a residual network needs at least one block in every stage, one channel"
                    + " and one class, not " + repeats + ", " + channels + " and " + classes);
        }
    }

    /**
     * The networks for 1000 classes of 3x224x224 images.
     *
     * @param depth 18, 34, 50, 101 or 152
     */
    public static PreActivationResNet forLargeImages(int depth) {
        ImageNetResNet like = ImageNetResNet.ofDepth(depth, new Shape(3, 224, 224), 1000);
        Block block = switch (like.block()) {
            case BASIC -> Block.BASIC;
            case BOTTLENECK -> Block.BOTTLENECK;
        };
        return new PreActivationResNet(like.images(), like.classes(), block, like.repeats(), CHANNELS, Stem.LARGE);
    }

    /**
     * The paper's networks for 3x32x32 images: three stages of 16, 32 and 64 channels, of bottlenecks from depth 164 on.
     *
     * @param depth 6n + 2 below 164, 9n + 2 from there on
     */
    public static PreActivationResNet forSmallImages(int depth, int classes) {
        Block block = depth < 164 ? Block.BASIC : Block.BOTTLENECK;
        int layers = block == Block.BASIC ? 6 : 9;
        if (depth < 8 || (depth - 2) % layers != 0) {
            throw new IllegalArgumentException(
                    "the depth must be 6n + 2 (8, 14, 20, ...), or 9n + 2 from 164 on, not " + depth);
        }
        List<Integer> repeats = Collections.nCopies(SMALL_STAGES, (depth - 2) / layers);
        return new PreActivationResNet(new Shape(3, 32, 32), classes, block, repeats, SMALL_CHANNELS, Stem.SMALL);
    }

    /**
     * The 50 layers made small for small images, as the search for EvoNorm has it with a width of 0.25 and all of the depth
     * (Liu et al., NeurIPS 2020, section 4): the stem keeps the size.
     *
     * @param width what channels are multiplied by
     * @param depth what blocks are multiplied by, rounded up; at most 0.25 leaves one or two blocks per stage
     * @param resolution height and width of the images
     */
    public static PreActivationResNet miniature(double width, double depth, int resolution, int classes) {
        Widths.positive("depth", depth);
        List<Integer> repeats = forLargeImages(50).repeats().stream()
                .map(blocks -> Widths.repeated(blocks, depth))
                .toList();
        int channels = Math.max(1, (int) Math.round(CHANNELS * Widths.positive("width", width)));
        return new PreActivationResNet(
                new Shape(3, resolution, resolution), classes, Block.BOTTLENECK, repeats, channels, Stem.SMALL);
    }

    public PreActivationResNet withClasses(int count) {
        return new PreActivationResNet(images, count, block, repeats, channels, stem);
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int top = stem(network);
        int in = channels;
        for (int stage = 0; stage < repeats.size(); stage++) {
            for (int number = 0; number < repeats.get(stage); number++) {
                String name = "stage" + (stage + 1) + ".block" + (number + 1);
                int stride = stage > 0 && number == 0 ? 2 : 1;
                top = block(network, name, top, in, channels << stage, stride);
                in = (channels << stage) * block.widening;
            }
        }
        top = activated(network, "head", top);
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private int stem(Network.Builder network) {
        return switch (stem) {
            case LARGE -> {
                int top = convolution(network, "stem", 0, channels, 7, 2);
                yield network.add("stem.pool", Layer.Pooling.maximum(3, 2, 1), top);
            }
            case SMALL -> convolution(network, "stem", 0, channels, 3, 1);
        };
    }

    private int block(Network.Builder network, String name, int input, int in, int inner, int stride) {
        int out = inner * block.widening;
        int first = activated(network, name + ".first", input);
        int last = switch (block) {
            case BASIC -> {
                int top = convolution(network, name + ".first", first, inner, 3, stride);
                top = activated(network, name + ".second", top);
                yield convolution(network, name + ".second", top, out, 3, 1);
            }
            case BOTTLENECK -> {
                int top = convolution(network, name + ".first", first, inner, 1, 1);
                top = activated(network, name + ".second", top);
                top = convolution(network, name + ".second", top, inner, 3, stride);
                top = activated(network, name + ".third", top);
                yield convolution(network, name + ".third", top, out, 1, 1);
            }
        };
        int shortcut =
                stride == 1 && in == out ? input : convolution(network, name + ".shortcut", first, out, 1, stride);
        return network.add(name + ".add", new Layer.Add(), last, shortcut);
    }

    private static int activated(Network.Builder network, String name, int input) {
        int norm = network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, input);
        return network.add(name + ".relu", Layer.Activation.RELU, norm);
    }

    private static int convolution(
            Network.Builder network, String name, int input, int channels, int kernel, int stride) {
        return network.add(name + ".convolution", Layer.Convolution.of(channels, kernel, stride, kernel / 2), input);
    }
}
