package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small networks that mix everything: odd channels, groups, strides, values used twice or never, zeros, fused rectifiers. */
public final class RandomNetworks {

    private final SplittableRandom random;
    private final List<Shape> shapes = new ArrayList<>();
    private final Network.Builder builder;

    private RandomNetworks(long seed) {
        random = new SplittableRandom(seed);
        Shape input = new Shape(1 + random.nextInt(9), 1 + random.nextInt(8), 1 + random.nextInt(8));
        builder = new Network.Builder(input);
        shapes.add(input);
    }

    public static Network of(long seed) {
        return new RandomNetworks(seed).build();
    }

    private Network build() {
        int layers = 1 + random.nextInt(12);
        for (int i = 0; i < layers; i++) {
            int from = random.nextInt(3) == 0 ? random.nextInt(shapes.size()) : shapes.size() - 1;
            append(from);
        }
        if (random.nextBoolean()) {
            add(new Layer.GlobalPooling(), shapes.size() - 1);
        }
        add(new Layer.Linear(1 + random.nextInt(10), random.nextBoolean()), shapes.size() - 1);
        return builder.build();
    }

    private void append(int from) {
        Shape shape = shapes.get(from);
        switch (random.nextInt(23)) {
            case 0, 1, 2 -> add(convolution(shape), from);
            case 3, 4 -> add(Layer.BatchNormalization.DEFAULT, from);
            case 5, 6 -> add(Layer.Activation.RELU, from);
            case 7 -> pool(shape, from);
            case 8 -> {
                int[] alike = IntStream.range(0, shapes.size())
                        .filter(i -> shapes.get(i).equals(shape))
                        .toArray();
                add(
                        new Layer.Add(),
                        IntStream.rangeClosed(0, 1 + random.nextInt(3))
                                .mapToObj(_ -> alike[random.nextInt(alike.length)])
                                .toArray(Integer[]::new));
            }
            case 9 -> add(new Layer.GroupNormalization(divisor(shape.channels()), 0.1), from);
            case 10 -> add(new Layer.InstanceNormalization(0.1), from);
            case 11 -> {
                int[] factors = IntStream.range(0, shapes.size())
                        .filter(i ->
                                shapes.get(i).equals(shape) || shapes.get(i).equals(new Shape(shape.channels(), 1, 1)))
                        .toArray();
                add(new Layer.Multiply(), from, factors[random.nextInt(factors.length)]);
            }
            case 12 -> excite(from);
            case 13 -> {
                int[] alike = IntStream.range(0, shapes.size())
                        .filter(i -> shapes.get(i).height() == shape.height()
                                && shapes.get(i).width() == shape.width()
                                && shapes.get(i).channels() < 20)
                        .toArray();
                if (alike.length > 0) {
                    add(
                            new Layer.Concat(),
                            IntStream.rangeClosed(0, 1 + random.nextInt(3))
                                    .mapToObj(_ -> alike[random.nextInt(alike.length)])
                                    .toArray(Integer[]::new));
                }
            }
            case 14 -> move(shape, from);
            case 15, 16 -> {
                Layer.Activation.Function[] functions = Layer.Activation.Function.values();
                add(new Layer.Activation(functions[random.nextInt(functions.length)]), from);
            }
            case 17 -> add(new Layer.LayerNormalization(0.1), from);
            case 18 -> add(new Layer.LeakyRelu(random.nextDouble(-0.2, 1)), from);
            case 19 -> add(transposed(shape), from);
            case 20 -> attend(shape, from);
            case 21 -> enlarge(shape, from);
            default -> add(random.nextInt(4) == 0 ? new Layer.Zero() : Layer.Activation.RELU, from);
        }
    }

    /** Squeeze-excitation without a nonlinearity: a map times its own means. */
    private void excite(int from) {
        add(new Layer.GlobalPooling(), from);
        add(new Layer.Multiply(), from, shapes.size() - 1);
    }

    /** Layers that move elements or leave some out. */
    private void move(Shape shape, int from) {
        switch (random.nextInt(5)) {
            case 0 -> {
                int top = random.nextInt(-shape.height() / 2, 3);
                int left = random.nextInt(-shape.width() / 2, 3);
                int bottom = shape.height() > 1 && top >= 0 ? -1 : 1;
                add(new Layer.Pad(top, bottom, left, random.nextInt(2)), from);
            }
            case 1 -> add(new Layer.Flatten(), from);
            case 2 -> {
                if (shape.channels() % 4 == 0) {
                    add(new Layer.PixelShuffle(2), from);
                }
            }
            default -> add(new Layer.Dropout(random.nextDouble(0, 0.7)), from);
        }
    }

    private void pool(Shape shape, int from) {
        Extent kernel = new Extent(1 + random.nextInt(3), 1 + random.nextInt(3));
        Extent padding = new Extent(random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
        if (shape.height() + 2 * padding.height() >= kernel.height()
                && shape.width() + 2 * padding.width() >= kernel.width()) {
            Layer.Pooling.Kind kind = random.nextInt(3) == 0 ? Layer.Pooling.Kind.MAXIMUM : Layer.Pooling.Kind.AVERAGE;
            Extent stride = new Extent(1 + random.nextInt(2), 1 + random.nextInt(2));
            add(new Layer.Pooling(kind, kernel, stride, padding, random.nextBoolean()), from);
        }
    }

    private Layer transposed(Shape in) {
        int groups = in.channels() % 2 == 0 && random.nextBoolean() ? 2 : 1;
        return new Layer.TransposedConvolution(
                groups * (1 + random.nextInt(4)),
                new Extent(1 + random.nextInt(3), 1 + random.nextInt(3)),
                Extent.ONE,
                Extent.ZERO,
                Extent.ZERO,
                Extent.ONE,
                groups,
                random.nextBoolean());
    }

    private void enlarge(Shape shape, int from) {
        if (shape.height() * shape.width() <= 64) {
            Layer.Upsample.Kind[] kinds = Layer.Upsample.Kind.values();
            add(new Layer.Upsample(1 + random.nextInt(3), kinds[random.nextInt(kinds.length)]), from);
        }
    }

    /** Attention of the map to itself, without projections. */
    private void attend(Shape shape, int from) {
        if (shape.height() * shape.width() <= 64) {
            add(new Layer.MatrixProduct(1, true, 0.5 / shape.channels()), from, from);
            add(new Layer.Softmax(1), shapes.size() - 1);
            add(new Layer.MatrixProduct(1, false, 1), shapes.size() - 1, from);
        }
    }

    private int divisor(int channels) {
        int[] divisors = IntStream.rangeClosed(1, channels)
                .filter(g -> channels % g == 0)
                .toArray();
        return divisors[random.nextInt(divisors.length)];
    }

    private Layer convolution(Shape in) {
        int groups = random.nextBoolean() ? 1 : divisor(in.channels());
        int channels = groups * (1 + random.nextInt(groups > 4 ? 2 : 11 / groups));
        Extent kernel = new Extent(1 + 2 * random.nextInt(2), 1 + 2 * random.nextInt(2));
        int dilation = 1 + random.nextInt(2);
        return new Layer.Convolution(
                channels,
                kernel,
                new Extent(1 + random.nextInt(2), 1 + random.nextInt(2)),
                new Extent(dilation * (kernel.height() / 2), dilation * (kernel.width() / 2)),
                Extent.of(dilation),
                groups,
                random.nextInt(3) == 0);
    }

    private void add(Layer layer, Integer... inputs) {
        builder.add("layer" + shapes.size(), layer, inputs);
        shapes.add(builder.build().output());
    }
}
