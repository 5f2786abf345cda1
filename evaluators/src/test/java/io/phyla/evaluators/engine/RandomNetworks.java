package io.phyla.evaluators.engine;

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
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> add(convolution(shape), from);
            case 3, 4 -> add(Layer.BatchNormalization.DEFAULT, from);
            case 5, 6 -> add(Layer.Activation.RELU, from);
            case 7 -> {
                int kernel = 1 + random.nextInt(3);
                int padding = random.nextInt(kernel / 2 + 1);
                if (shape.height() + 2 * padding >= kernel && shape.width() + 2 * padding >= kernel) {
                    add(
                            new Layer.Pooling(
                                    Layer.Pooling.Kind.AVERAGE,
                                    kernel,
                                    1 + random.nextInt(2),
                                    padding,
                                    random.nextBoolean()),
                            from);
                }
            }
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

    private int divisor(int channels) {
        int[] divisors = IntStream.rangeClosed(1, channels)
                .filter(g -> channels % g == 0)
                .toArray();
        return divisors[random.nextInt(divisors.length)];
    }

    private Layer convolution(Shape in) {
        int groups = random.nextBoolean() ? 1 : divisor(in.channels());
        int channels = groups * (1 + random.nextInt(groups > 4 ? 2 : 11 / groups));
        int kernel = 1 + 2 * random.nextInt(2);
        int dilation = 1 + random.nextInt(2);
        int padding = dilation * (kernel / 2);
        return new Layer.Convolution(
                channels, kernel, 1 + random.nextInt(2), padding, dilation, groups, random.nextInt(3) == 0);
    }

    private void add(Layer layer, Integer... inputs) {
        builder.add("layer" + shapes.size(), layer, inputs);
        shapes.add(builder.build().output());
    }
}
