package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * EfficientNet (Tan, Le, ICML 2019): a stem, stages of inverted residuals with squeeze-excitation, a 1x1 convolution, a mean and
 * a classifier, everywhere with swish. Width and depth multiply the table of the smallest one, B0.
 *
 * @param width what channels are multiplied by, rounded to multiples of 8
 * @param depth what blocks are multiplied by, rounded up
 * @param stemStride 2 for large images
 * @param stages the table in the middle, before width and depth
 * @param dropout share of features that are zero in front of the classifier in training; 0 for none of it
 */
public record EfficientNet(
        Shape images, int classes, double width, double depth, int stemStride, List<Stage> stages, double dropout) {

    private static final int STEM = 32;
    private static final int HEAD = 4;

    /** What a block's input is divided by where the gate's numbers are computed. */
    private static final int SQUEEZE = 4;

    /** One line of the table: expansion, depthwise kernel, output channels, blocks, stride of the first block. */
    public record Stage(int expansion, int kernel, int channels, int repeats, int stride) {
        public Stage {
            if (expansion < 1 || kernel < 1 || kernel % 2 == 0 || channels < 1 || repeats < 1 || stride < 1) {
                throw new IllegalArgumentException(
                        "expansion, channels, repeats and stride must be positive and the kernel odd, not " + expansion
                                + ", " + channels + ", " + repeats + ", " + stride + " and " + kernel);
            }
        }
    }

    public EfficientNet {
        stages = List.copyOf(stages);
        Widths.positive("width", width);
        Widths.positive("depth", depth);
    }

    /**
     * The paper's networks for 1000 classes.
     *
     * @param number 0 to 7, for B0 to B7
     */
    public static EfficientNet forLargeImages(int number) {
        return switch (number) {
            case 0 -> large(224, 1, 1, 0.2);
            case 1 -> large(240, 1, 1.1, 0.2);
            case 2 -> large(260, 1.1, 1.2, 0.3);
            case 3 -> large(300, 1.2, 1.4, 0.3);
            case 4 -> large(380, 1.4, 1.8, 0.4);
            case 5 -> large(456, 1.6, 2.2, 0.4);
            case 6 -> large(528, 1.8, 2.6, 0.5);
            case 7 -> large(600, 2, 3.1, 0.5);
            default -> throw new IllegalArgumentException("there are B0 to B7, not B" + number);
        };
    }

    private static EfficientNet large(int resolution, double width, double depth, double dropout) {
        return new EfficientNet(new Shape(3, resolution, resolution), 1000, width, depth, 2, stages(2), dropout);
    }

    /**
     * B0 made small for small images: the stem and the second stage keep the size, as the search for EvoNorm has it with a width
     * of 0.5 and all of the depth (Liu et al., NeurIPS 2020, section 4), and nothing is dropped.
     *
     * @param depth what blocks are multiplied by, rounded up; at most 0.25 leaves one block per stage
     * @param resolution height and width of the images, which are divided by eight
     */
    public static EfficientNet miniature(double width, double depth, int resolution, int classes) {
        return new EfficientNet(new Shape(3, resolution, resolution), classes, width, depth, 1, stages(1), 0);
    }

    private static List<Stage> stages(int strideOfSecond) {
        return List.of(
                new Stage(1, 3, 16, 1, 1),
                new Stage(6, 3, 24, 2, strideOfSecond),
                new Stage(6, 5, 40, 2, 2),
                new Stage(6, 3, 80, 3, 2),
                new Stage(6, 5, 112, 3, 1),
                new Stage(6, 5, 192, 4, 2),
                new Stage(6, 3, 320, 1, 1));
    }

    public EfficientNet withClasses(int count) {
        return new EfficientNet(images, count, width, depth, stemStride, stages, dropout);
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int channels = Widths.divisible(STEM * width);
        int top = normalised(network, "stem", 0, Layer.Convolution.of(channels, 3, stemStride, 1));
        top = activated(network, "stem", top);
        for (int stage = 0; stage < stages.size(); stage++) {
            Stage it = stages.get(stage);
            int out = Widths.divisible(it.channels() * width);
            for (int block = 0; block < Widths.repeated(it.repeats(), depth); block++) {
                String name = "stage" + (stage + 1) + ".block" + (block + 1);
                int stride = block == 0 ? it.stride() : 1;
                int projected = block(network, name, top, channels, it, out, stride);
                boolean residual = stride == 1 && channels == out;
                top = residual ? network.add(name + ".add", new Layer.Add(), projected, top) : projected;
                channels = out;
            }
        }
        top = normalised(network, "head", top, Layer.Convolution.of(HEAD * channels, 1, 1, 0));
        top = network.add("head.pool", new Layer.GlobalPooling(), activated(network, "head", top));
        top = dropout == 0 ? top : network.add("head.dropout", new Layer.Dropout(dropout), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private static int block(
            Network.Builder network, String name, int input, int in, Stage stage, int out, int stride) {
        int wide = in * stage.expansion();
        int top = input;
        if (stage.expansion() > 1) {
            top = normalised(network, name + ".expand", top, Layer.Convolution.of(wide, 1, 1, 0));
            top = activated(network, name + ".expand", top);
        }
        top = normalised(network, name + ".filter", top, Layer.Convolution.depthwise(wide, stage.kernel(), stride));
        top = activated(network, name + ".filter", top);
        top = excited(network, name + ".excitation", top, Math.max(1, in / SQUEEZE), wide);
        return normalised(network, name + ".project", top, Layer.Convolution.of(out, 1, 1, 0));
    }

    /** Squeeze-excitation (Hu, Shen, Sun, CVPR 2018): each channel times a gate computed from the means of all. */
    private static int excited(Network.Builder network, String name, int input, int narrow, int channels) {
        int top = network.add(name + ".pool", new Layer.GlobalPooling(), input);
        top = network.add(name + ".reduce", new Layer.Convolution(narrow, 1, 1, 0, 1, 1, true), top);
        top = activated(network, name, top);
        top = network.add(name + ".expand", new Layer.Convolution(channels, 1, 1, 0, 1, 1, true), top);
        top = network.add(name + ".gate", new Layer.Activation(Function.SIGMOID), top);
        return network.add(name, new Layer.Multiply(), input, top);
    }

    private static int normalised(Network.Builder network, String name, int input, Layer.Convolution layer) {
        int convolution = network.add(name + ".convolution", layer, input);
        return network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, convolution);
    }

    private static int activated(Network.Builder network, String name, int input) {
        return network.add(name + ".swish", new Layer.Activation(Function.SWISH), input);
    }
}
