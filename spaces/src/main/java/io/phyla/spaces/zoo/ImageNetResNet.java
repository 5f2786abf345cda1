package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * The residual networks for large images (He, Zhang, Ren, Sun, CVPR 2016, table 1): a stem that divides the sides by four, four
 * stages of basic or bottleneck blocks, a mean and a classifier. A bottleneck's stride is that of its 3x3 convolution, as in
 * the models that are distributed today, and not of its first as in the paper.
 *
 * @param images the paper has 3x224x224
 * @param repeats blocks of each of the four stages
 */
public record ImageNetResNet(Shape images, int classes, Block block, List<Integer> repeats) {

    private static final int FIRST_CHANNELS = 64;

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

    public ImageNetResNet {
        repeats = List.copyOf(repeats);
        if (repeats.isEmpty() || repeats.stream().anyMatch(blocks -> blocks < 1)) {
            throw new IllegalArgumentException("every stage needs at least one block, not " + repeats);
        }
    }

    /**
     * One of the paper's networks.
     *
     * @param depth 18, 34, 50, 101 or 152
     */
    public static ImageNetResNet ofDepth(int depth, Shape images, int classes) {
        return switch (depth) {
            case 18 -> new ImageNetResNet(images, classes, Block.BASIC, List.of(2, 2, 2, 2));
            case 34 -> new ImageNetResNet(images, classes, Block.BASIC, List.of(3, 4, 6, 3));
            case 50 -> new ImageNetResNet(images, classes, Block.BOTTLENECK, List.of(3, 4, 6, 3));
            case 101 -> new ImageNetResNet(images, classes, Block.BOTTLENECK, List.of(3, 4, 23, 3));
            case 152 -> new ImageNetResNet(images, classes, Block.BOTTLENECK, List.of(3, 8, 36, 3));
            default -> throw new IllegalArgumentException("the depth must be 18, 34, 50, 101 or 152, not " + depth);
        };
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int top = rectified(network, "stem", normalised(network, "stem", 0, FIRST_CHANNELS, 7, 2));
        top = network.add("stem.pool", Layer.Pooling.maximum(3, 2, 1), top);
        int channels = FIRST_CHANNELS;
        for (int stage = 0; stage < repeats.size(); stage++) {
            for (int number = 0; number < repeats.get(stage); number++) {
                String name = "stage" + (stage + 1) + ".block" + (number + 1);
                int inner = FIRST_CHANNELS << stage;
                int stride = stage > 0 && number == 0 ? 2 : 1;
                top = block(network, name, top, channels, inner, stride);
                channels = inner * block.widening;
            }
        }
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private int block(Network.Builder network, String name, int input, int in, int inner, int stride) {
        int out = inner * block.widening;
        int last = switch (block) {
            case BASIC -> {
                int first = normalised(network, name + ".first", input, inner, 3, stride);
                yield normalised(network, name + ".second", rectified(network, name + ".first", first), out, 3, 1);
            }
            case BOTTLENECK -> {
                int first = normalised(network, name + ".first", input, inner, 1, 1);
                int second = normalised(
                        network, name + ".second", rectified(network, name + ".first", first), inner, 3, stride);
                yield normalised(network, name + ".third", rectified(network, name + ".second", second), out, 1, 1);
            }
        };
        int shortcut =
                stride == 1 && in == out ? input : normalised(network, name + ".shortcut", input, out, 1, stride);
        return rectified(network, name, network.add(name + ".add", new Layer.Add(), last, shortcut));
    }

    private static int normalised(
            Network.Builder network, String name, int input, int channels, int kernel, int stride) {
        int convolution =
                network.add(name + ".convolution", Layer.Convolution.of(channels, kernel, stride, kernel / 2), input);
        return network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, convolution);
    }

    private static int rectified(Network.Builder network, String name, int input) {
        return network.add(name + ".relu", Layer.Activation.RELU, input);
    }
}
