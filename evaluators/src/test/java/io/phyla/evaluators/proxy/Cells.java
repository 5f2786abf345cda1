package io.phyla.evaluators.proxy;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cell networks for tests: stem, three stages of n cells with a reduction between them, classifier. */
final class Cells {

    private final Network.Builder builder;

    private Cells(int size) {
        this.builder = new Network.Builder(new Shape(3, size, size));
    }

    static Network network(String cell, int channels, int cells, int size) {
        return new Cells(size).build(cell, channels, cells);
    }

    private Network build(String cell, int channels, int cells) {
        int stem = builder.add("stem.convolution", Layer.Convolution.of(channels, 3, 1, 1), 0);
        int last = builder.add("stem.normalization", Layer.BatchNormalization.DEFAULT, stem);
        for (int stage = 0; stage < 3; stage++) {
            int width = channels << stage;
            if (stage > 0) {
                last = reduction("reduction" + stage, last, width);
            }
            for (int i = 0; i < cells; i++) {
                last = cell("stage" + stage + ".cell" + i, cell, last, width);
            }
        }
        int normal = builder.add("normalization", Layer.BatchNormalization.DEFAULT, last);
        int rectified = builder.add("activation", Layer.Activation.RELU, normal);
        int mean = builder.add("mean", new Layer.GlobalPooling(), rectified);
        builder.add("classifier", new Layer.Linear(10, true), mean);
        return builder.build();
    }

    private int reduction(String name, int input, int width) {
        int a = convolution(name + ".a", input, width, 3, 2);
        int b = convolution(name + ".b", a, width, 3, 1);
        int pooled = builder.add(name + ".pool", Layer.Pooling.average(2, 2, 0), input);
        int shortcut = builder.add(name + ".shortcut", Layer.Convolution.of(width, 1, 1, 0), pooled);
        return builder.add(name + ".sum", new Layer.Add(), b, shortcut);
    }

    private int cell(String name, String cell, int input, int width) {
        List<Integer> nodes = new ArrayList<>(List.of(input));
        for (String node : cell.split("\\+")) {
            List<Integer> terms = new ArrayList<>();
            for (String edge : node.substring(1, node.length() - 1).split("\\|")) {
                String[] parts = edge.split("~");
                int from = Integer.parseInt(parts[1]);
                terms.add(edge(name + "." + from + nodes.size(), parts[0], nodes.get(from), width));
            }
            nodes.add(
                    terms.size() == 1
                            ? terms.getFirst()
                            : builder.add(name + ".sum" + nodes.size(), new Layer.Add(), terms.toArray(Integer[]::new)));
        }
        return nodes.getLast();
    }

    private int edge(String name, String operation, int input, int width) {
        return switch (operation) {
            case "none" -> builder.add(name + ".zero", new Layer.Zero(), input);
            case "skip_connect" -> input;
            case "nor_conv_1x1" -> convolution(name, input, width, 1, 1);
            case "nor_conv_3x3" -> convolution(name, input, width, 3, 1);
            case "avg_pool_3x3" -> builder.add(name + ".pool", Layer.Pooling.average(3, 1, 1), input);
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private int convolution(String name, int input, int width, int kernel, int stride) {
        int rectified = builder.add(name + ".activation", Layer.Activation.RELU, input);
        int convolved = builder.add(
                name + ".convolution", Layer.Convolution.of(width, kernel, stride, kernel / 2), rectified);
        return builder.add(name + ".normalization", Layer.BatchNormalization.DEFAULT, convolved);
    }
}
