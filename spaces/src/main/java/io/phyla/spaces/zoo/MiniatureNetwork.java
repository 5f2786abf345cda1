package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;

/**
 * The smallest networks in which a layer shows what it is worth: four 3x3 convolutions, four places of normalisation and
 * activation, a mean and a classifier. They are trained for some steps in a second or less, so that thousands of layers can be
 * looked at before any of them is put into a large network.
 *
 * @param kind how the convolutions are joined
 * @param channels of every convolution
 * @param stride of the first convolution; 2 for images that are larger than need be
 */
public record MiniatureNetwork(Kind kind, Shape images, int classes, int channels, int stride) {

    /** How the convolutions are joined. */
    public enum Kind {
        /** One behind the other, each followed by normalisation and activation; the second and the fourth halve the map. */
        PLAIN,
        /** A first one, a residual block of two that are preceded by normalisation and activation, and one that halves. */
        RESIDUAL
    }

    public MiniatureNetwork {
        if (channels < 1 || classes < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "a network needs at least one channel, one class and a stride of one, not " + channels + ", "
                            + classes + " and " + stride);
        }
    }

    /** The plain one, for square images of three channels. */
    public static MiniatureNetwork plain(int channels, int resolution, int classes) {
        return new MiniatureNetwork(Kind.PLAIN, new Shape(3, resolution, resolution), classes, channels, 1);
    }

    /** The residual one, for square images of three channels. */
    public static MiniatureNetwork residual(int channels, int resolution, int classes) {
        return new MiniatureNetwork(Kind.RESIDUAL, new Shape(3, resolution, resolution), classes, channels, 1);
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int top = switch (kind) {
            case PLAIN -> plain(network);
            case RESIDUAL -> residual(network);
        };
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private int plain(Network.Builder network) {
        int top = activated(network, "first", convolution(network, "first", 0, stride));
        top = activated(network, "second", convolution(network, "second", top, 2));
        top = activated(network, "third", convolution(network, "third", top, 1));
        return activated(network, "fourth", convolution(network, "fourth", top, 2));
    }

    private int residual(Network.Builder network) {
        int stem = convolution(network, "stem", 0, stride);
        int top = convolution(network, "first", activated(network, "first", stem), 1);
        top = convolution(network, "second", activated(network, "second", top), 1);
        top = network.add("add", new Layer.Add(), top, stem);
        top = convolution(network, "third", activated(network, "third", top), 2);
        return activated(network, "head", top);
    }

    private int convolution(Network.Builder network, String name, int input, int stride) {
        return network.add(name + ".convolution", Layer.Convolution.of(channels, 3, stride, 1), input);
    }

    private static int activated(Network.Builder network, String name, int input) {
        int norm = network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, input);
        return network.add(name + ".relu", Layer.Activation.RELU, norm);
    }
}
