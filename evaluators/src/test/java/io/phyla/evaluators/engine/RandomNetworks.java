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
final class RandomNetworks {

    private final SplittableRandom random;
    private final List<Shape> shapes = new ArrayList<>();
    private final Network.Builder builder;

    private RandomNetworks(long seed) {
        random = new SplittableRandom(seed);
        Shape input = new Shape(1 + random.nextInt(9), 1 + random.nextInt(8), 1 + random.nextInt(8));
        builder = new Network.Builder(input);
        shapes.add(input);
    }

    static Network of(long seed) {
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
        switch (random.nextInt(17)) {
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
            case 9, 10 -> {
                Layer.Activation.Function[] functions = Layer.Activation.Function.values();
                add(new Layer.Activation(functions[random.nextInt(functions.length)]), from);
            }
            case 11 -> add(new Layer.LayerNormalization(0.1), from);
            case 12 -> add(new Layer.LeakyRelu(random.nextDouble(-0.2, 1)), from);
            case 13 -> add(transposed(shape), from);
            case 14 -> attend(shape, from);
            case 15 -> enlarge(shape, from);
            default -> add(random.nextInt(4) == 0 ? new Layer.Zero() : Layer.Activation.RELU, from);
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

    private Layer convolution(Shape in) {
        int[] divisors = IntStream.rangeClosed(1, in.channels())
                .filter(g -> in.channels() % g == 0)
                .toArray();
        int groups = random.nextBoolean() ? 1 : divisors[random.nextInt(divisors.length)];
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
