package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;

/**
 * The residual networks for small images (He, Zhang, Ren, Sun, CVPR 2016, section 4.2): a stem, three stages of {@code n}
 * blocks of two 3x3 convolutions with {@code c}, {@code 2c} and {@code 4c} channels, a mean and a classifier, {@code 6n + 2}
 * layers deep. Where a stage halves the map its shortcut is a 1x1 convolution with normalisation (the paper's option B).
 *
 * @param images the paper has 3x32x32
 * @param blocks {@code n}, blocks per stage
 * @param channels {@code c}, of the first stage; the paper has 16
 */
public record ResNet(Shape images, int blocks, int channels, int classes) {

    private static final int STAGES = 3;

    public ResNet {
        if (blocks < 1 || channels < 1 || classes < 1) {
            throw new IllegalArgumentException("a residual network needs at least one block, channel and class, not "
                    + blocks + ", " + channels + " and " + classes);
        }
    }

    /**
     * The paper's network of a depth, for 3x32x32 images.
     *
     * @param depth 8, 14, 20, 32, 44, 56, 110: 6n + 2
     */
    public static Network ofDepth(int depth, int classes) {
        if (depth < 8 || (depth - 2) % 6 != 0) {
            throw new IllegalArgumentException("the depth must be 6n + 2 (8, 14, 20, ...), not " + depth);
        }
        return new ResNet(new Shape(3, 32, 32), (depth - 2) / 6, 16, classes).build();
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int top = rectified(network, "stem", normalised(network, "stem", 0, channels, 3, 1));
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                String name = "stage" + (stage + 1) + ".block" + (block + 1);
                top = block(network, name, top, channels << stage, stage > 0 && block == 0);
            }
        }
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private static int block(Network.Builder network, String name, int input, int channels, boolean reduces) {
        int stride = reduces ? 2 : 1;
        int first = rectified(
                network, name + ".first", normalised(network, name + ".first", input, channels, 3, stride));
        int second = normalised(network, name + ".second", first, channels, 3, 1);
        int shortcut = reduces ? normalised(network, name + ".shortcut", input, channels, 1, stride) : input;
        return rectified(network, name, network.add(name + ".add", new Layer.Add(), second, shortcut));
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
