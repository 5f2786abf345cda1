package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.SplittableRandom;

/** Networks of one layer on a small random shape: odd channel counts, 1x1 maps, windows that are not square. */
public final class SingleLayers {

    private final SplittableRandom random;
    private final Shape shape;

    private SingleLayers(long seed) {
        random = new SplittableRandom(seed);
        shape = new Shape(1 + random.nextInt(19), size(6), size(6));
    }

    public static SingleLayers of(long seed) {
        return new SingleLayers(seed);
    }

    public Network with(Layer layer) {
        return with(shape, layer);
    }

    private static Network with(Shape input, Layer layer) {
        Network.Builder builder = new Network.Builder(input);
        builder.add("layer", layer, 0);
        return builder.build();
    }

    public Network convolved() {
        int groups = 1 + random.nextInt(3);
        Extent kernel = extent(1, 4);
        Extent dilation = extent(1, 2);
        Extent padding = extent(0, 2);
        Shape input = new Shape(
                groups * size(9),
                fitting(kernel.height(), dilation.height(), padding.height()),
                fitting(kernel.width(), dilation.width(), padding.width()));
        int channels = groups * size(9);
        return with(
                input,
                new Layer.Convolution(channels, kernel, extent(1, 3), padding, dilation, groups, random.nextBoolean()));
    }

    /** Each channel by itself, windows as wide as 7 and with holes: where kernels of our own run. */
    public Network depthwise() {
        Extent kernel = extent(1, 7);
        Extent dilation = extent(1, 3);
        Extent padding = extent(0, 4);
        int channels = size(27);
        Shape input = new Shape(
                channels,
                fitting(kernel.height(), dilation.height(), padding.height()),
                fitting(kernel.width(), dilation.width(), padding.width()));
        return with(
                input,
                new Layer.Convolution(
                        channels, kernel, extent(1, 3), padding, dilation, channels, random.nextBoolean()));
    }

    private int fitting(int kernel, int dilation, int padding) {
        return Math.max(1, dilation * (kernel - 1) + 1 - 2 * padding) + random.nextInt(4);
    }

    public Network transposed() {
        int groups = 1 + random.nextInt(3);
        Extent kernel = extent(1, 4);
        Extent stride = extent(1, 3);
        Extent dilation = extent(1, 2);
        Extent padding = new Extent(
                random.nextInt(dilation.height() * (kernel.height() - 1) / 2 + 1),
                random.nextInt(dilation.width() * (kernel.width() - 1) / 2 + 1));
        Extent extra = new Extent(random.nextInt(stride.height()), random.nextInt(stride.width()));
        int columns = size(5);
        // One channel per group on one column is refused with a stride.
        int channels = groups * (columns == 1 ? 1 + size(8) : size(9));
        return with(
                new Shape(groups * size(9), size(5), columns),
                new Layer.TransposedConvolution(
                        channels, kernel, stride, padding, extra, dilation, groups, random.nextBoolean()));
    }

    public Network normalized() {
        return with(new Layer.LayerNormalization(0.1));
    }

    public Network leaky() {
        return with(new Layer.LeakyRelu(random.nextDouble(-0.5, 1)));
    }

    public Network softmax() {
        int groups = 1 + random.nextInt(4);
        return with(new Shape(groups * size(17), size(4), size(4)), new Layer.Softmax(groups));
    }

    /** Both factors are computed from the images, the second of them at as many positions as it has to have. */
    public Network product(boolean transposed) {
        int heads = 1 + random.nextInt(3);
        int inner = size(11);
        int columns = size(9);
        Shape images = new Shape(1 + random.nextInt(3), size(4), size(4));
        int positions = images.height() * images.width();
        Network.Builder builder = new Network.Builder(images);
        int first = builder.add("first", Layer.Convolution.of(heads * (transposed ? inner : positions), 1, 1, 0), 0);
        int second = builder.add("second", Layer.Convolution.of(heads * (transposed ? inner : columns), 1, 1, 0), 0);
        if (transposed && random.nextBoolean()) {
            second = builder.add("wider", new Layer.Upsample(2, Layer.Upsample.Kind.NEAREST), second);
        }
        builder.add(
                "product", new Layer.MatrixProduct(heads, transposed, random.nextBoolean() ? 1 : 0.3), first, second);
        return builder.build();
    }

    public Network pooled(Layer.Pooling.Kind kind) {
        Extent kernel = extent(1, 4);
        Extent padding = new Extent(random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
        Shape input = new Shape(
                size(19), fitting(kernel.height(), 1, padding.height()), fitting(kernel.width(), 1, padding.width()));
        return with(input, new Layer.Pooling(kind, kernel, extent(1, 3), padding, random.nextBoolean()));
    }

    public Network upsampled(Layer.Upsample.Kind kind) {
        return with(new Layer.Upsample(1 + random.nextInt(4), kind));
    }

    private Extent extent(int from, int to) {
        return new Extent(from + random.nextInt(to - from + 1), from + random.nextInt(to - from + 1));
    }

    /** One of four times 1, the odd case. */
    private int size(int most) {
        return random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(most);
    }
}
