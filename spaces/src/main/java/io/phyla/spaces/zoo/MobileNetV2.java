package io.phyla.spaces.zoo;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * MobileNetV2 (Sandler et al., CVPR 2018): a stem, stages of inverted residuals, a 1x1 convolution, a mean and a classifier.
 * An inverted residual expands by a 1x1 convolution, filters each channel with a depthwise 3x3 and projects linearly; where
 * stride and channels stay the same its input is added.
 *
 * @param width what the numbers of channels are multiplied by, rounded to multiples of 8 as in the authors' code
 * @param stem channels of the first convolution, before the width
 * @param stemStride its stride: 2 for large images
 * @param stages the table in the middle
 * @param head channels of the last convolution; a width below 1 does not narrow it
 * @param activation the paper has ReLU6
 */
public record MobileNetV2(
        Shape images,
        int classes,
        double width,
        int stem,
        int stemStride,
        List<Stage> stages,
        int head,
        Layer.Activation.Function activation) {

    private static final int HEAD = 1280;

    /** One line of the table: factor of the expansion, output channels, blocks, stride of the first block. */
    public record Stage(int expansion, int channels, int repeats, int stride) {
        public Stage {
            if (expansion < 1 || channels < 1 || repeats < 1 || stride < 1) {
                throw new IllegalArgumentException("expansion, channels, repeats and stride must be positive, not "
                        + expansion + ", " + channels + ", " + repeats + " and " + stride);
            }
        }
    }

    public MobileNetV2 {
        stages = List.copyOf(stages);
        Widths.positive("width", width);
    }

    /** The paper's network for 1000 classes of 3x224x224 images (table 2). */
    public static MobileNetV2 forLargeImages(double width) {
        return new MobileNetV2(
                new Shape(3, 224, 224), 1000, width, 32, 2, stages(2), HEAD, Layer.Activation.Function.RELU6);
    }

    /** The same stages for 3x32x32 images: the stem and the second stage keep the size, so that 4x4 pixels remain. */
    public static MobileNetV2 forSmallImages(double width, int classes) {
        return new MobileNetV2(
                new Shape(3, 32, 32), classes, width, 32, 1, stages(1), HEAD, Layer.Activation.Function.RELU6);
    }

    /**
     * The same with fewer blocks and at other sizes, the last convolution as narrow as the rest; the search for EvoNorm has a width
     * of 0.5 and all of the depth (Liu et al., NeurIPS 2020, section 4).
     *
     * @param depth what blocks are multiplied by, rounded up; at most 0.25 leaves one block per stage
     * @param resolution height and width of the images, which are divided by eight
     */
    public static MobileNetV2 miniature(double width, double depth, int resolution, int classes) {
        Widths.positive("depth", depth);
        List<Stage> stages = stages(1).stream()
                .map(it -> new Stage(it.expansion(), it.channels(), Widths.repeated(it.repeats(), depth), it.stride()))
                .toList();
        int head = Widths.divisible(HEAD * Math.min(1, width));
        Shape images = new Shape(3, resolution, resolution);
        return new MobileNetV2(images, classes, width, 32, 1, stages, head, Layer.Activation.Function.RELU6);
    }

    private static List<Stage> stages(int strideOfSecond) {
        return List.of(
                new Stage(1, 16, 1, 1),
                new Stage(6, 24, 2, strideOfSecond),
                new Stage(6, 32, 3, 2),
                new Stage(6, 64, 4, 2),
                new Stage(6, 96, 3, 1),
                new Stage(6, 160, 3, 2),
                new Stage(6, 320, 1, 1));
    }

    public MobileNetV2 withActivation(Layer.Activation.Function function) {
        return new MobileNetV2(images, classes, width, stem, stemStride, stages, head, function);
    }

    public MobileNetV2 withClasses(int count) {
        return new MobileNetV2(images, count, width, stem, stemStride, stages, head, activation);
    }

    public Network build() {
        Network.Builder network = new Network.Builder(images);
        int channels = Widths.divisible(stem * width);
        int top = convolution(network, "stem", 0, Layer.Convolution.of(channels, 3, stemStride, 1), true);
        for (int stage = 0; stage < stages.size(); stage++) {
            Stage it = stages.get(stage);
            int out = Widths.divisible(it.channels() * width);
            for (int block = 0; block < it.repeats(); block++) {
                String name = "stage" + (stage + 1) + ".block" + (block + 1);
                int stride = block == 0 ? it.stride() : 1;
                int projected = block(network, name, top, channels, it.expansion(), out, stride);
                boolean residual = stride == 1 && channels == out;
                top = residual ? network.add(name + ".add", new Layer.Add(), projected, top) : projected;
                channels = out;
            }
        }
        int last = Widths.divisible(head * Math.max(1, width));
        top = convolution(network, "head", top, Layer.Convolution.of(last, 1, 1, 0), true);
        top = network.add("head.pool", new Layer.GlobalPooling(), top);
        network.add("head.linear", new Layer.Linear(classes, true), top);
        return network.build();
    }

    private int block(Network.Builder network, String name, int input, int in, int expansion, int out, int stride) {
        int wide = in * expansion;
        int top = expansion == 1
                ? input
                : convolution(network, name + ".expand", input, Layer.Convolution.of(wide, 1, 1, 0), true);
        top = convolution(network, name + ".filter", top, Layer.Convolution.depthwise(wide, 3, stride), true);
        return convolution(network, name + ".project", top, Layer.Convolution.of(out, 1, 1, 0), false);
    }

    private int convolution(
            Network.Builder network, String name, int input, Layer.Convolution layer, boolean activated) {
        int convolved = network.add(name + ".convolution", layer, input);
        int normalised = network.add(name + ".norm", Layer.BatchNormalization.DEFAULT, convolved);
        return activated ? network.add(name + ".activation", new Layer.Activation(activation), normalised) : normalised;
    }
}
