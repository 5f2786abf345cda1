package io.phyla.spaces.design;

import io.phyla.spaces.design.Layer.Add;
import io.phyla.spaces.design.Layer.Convolution;
import io.phyla.spaces.design.Layer.Input;
import io.phyla.spaces.design.Layer.Linear;
import io.phyla.spaces.design.Layer.Pooling;
import io.phyla.spaces.design.Network.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shapes of a graph's nodes, and everything that can be wrong with a graph. */
final class ShapeInference {

    private ShapeInference() {}

    static List<Shape> infer(List<Node> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least its input");
        }
        List<Shape> shapes = new ArrayList<>(nodes.size());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            check(names.add(node.name()), node, "another layer has this name");
            check((node.layer() instanceof Input) == (i == 0), node, "the first layer, and no other, is the input");
            List<Shape> inputs = new ArrayList<>(node.inputs().size());
            for (int input : node.inputs()) {
                check(input >= 0 && input < i, node, "inputs must be earlier layers, not number " + input);
                inputs.add(shapes.get(input));
            }
            shapes.add(infer(node, inputs));
        }
        return shapes;
    }

    private static Shape infer(Node node, List<Shape> inputs) {
        return switch (node.layer()) {
            case Input input -> {
                check(inputs.isEmpty(), node, "the input has no inputs");
                yield input.shape();
            }
            case Add _ -> {
                check(inputs.size() >= 2, node, "a sum needs at least two inputs, not " + inputs.size());
                check(Set.copyOf(inputs).size() == 1, node, "the summed shapes differ: " + inputs);
                yield inputs.getFirst();
            }
            case Convolution convolution -> convolve(node, convolution, single(node, inputs));
            case Pooling pooling -> {
                Shape in = single(node, inputs);
                check(pooling.kernel() >= 1 && pooling.stride() >= 1, node, "kernel and stride must be positive");
                check(
                        pooling.padding() >= 0 && 2 * pooling.padding() <= pooling.kernel(),
                        node,
                        "padding must be between 0 and half the kernel");
                yield new Shape(
                        in.channels(),
                        window(node, in.height(), pooling.kernel(), pooling.stride(), pooling.padding()),
                        window(node, in.width(), pooling.kernel(), pooling.stride(), pooling.padding()));
            }
            case Linear linear -> {
                single(node, inputs);
                check(linear.features() >= 1, node, "features must be positive");
                yield new Shape(linear.features(), 1, 1);
            }
            case Layer.GlobalPooling _ -> new Shape(single(node, inputs).channels(), 1, 1);
            case Layer.BatchNormalization _, Layer.Activation _, Layer.Zero _ -> single(node, inputs);
        };
    }

    private static Shape convolve(Node node, Convolution layer, Shape in) {
        check(
                layer.channels() >= 1 && layer.kernel() >= 1 && layer.stride() >= 1 && layer.dilation() >= 1,
                node,
                "channels, kernel, stride and dilation must be positive");
        check(layer.padding() >= 0, node, "padding must not be negative");
        check(
                layer.groups() >= 1
                        && in.channels() % layer.groups() == 0
                        && layer.channels() % layer.groups() == 0,
                node,
                layer.groups() + " groups do not divide " + in.channels() + " input and " + layer.channels()
                        + " output channels");
        int extent = layer.dilation() * (layer.kernel() - 1) + 1;
        return new Shape(
                layer.channels(),
                window(node, in.height(), extent, layer.stride(), layer.padding()),
                window(node, in.width(), extent, layer.stride(), layer.padding()));
    }

    private static int window(Node node, int size, int kernel, int stride, int padding) {
        int slack = size + 2 * padding - kernel;
        check(slack >= 0, node, "a window of " + kernel + " does not fit " + size + " with padding " + padding);
        return slack / stride + 1;
    }

    private static Shape single(Node node, List<Shape> inputs) {
        check(inputs.size() == 1, node, "needs exactly one input, not " + inputs.size());
        return inputs.getFirst();
    }

    private static void check(boolean condition, Node node, String fault) {
        if (!condition) {
            throw new IllegalArgumentException("layer '" + node.name() + "': " + fault);
        }
    }
}
