package io.phyla.spaces.design;

import io.phyla.spaces.design.Layer.Convolution;
import io.phyla.spaces.design.Layer.Input;
import io.phyla.spaces.design.Layer.Linear;
import io.phyla.spaces.design.Layer.Pooling;
import io.phyla.spaces.design.Network.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shapes of a graph's nodes, and everything that can be wrong with a graph. Spaces are enumerated through here, so
 * messages are put together only when something is wrong.
 */
final class ShapeInference {

    private ShapeInference() {}

    static List<Shape> infer(List<Node> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least its input");
        }
        List<Shape> shapes = new ArrayList<>(nodes.size());
        Set<String> names = HashSet.newHashSet(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!names.add(node.name())) {
                throw fault(node, "another layer has this name");
            }
            if (node.layer() instanceof Input != (i == 0)) {
                throw fault(node, "the first layer, and no other, is the input");
            }
            for (int input : node.inputs()) {
                if (input < 0 || input >= i) {
                    throw fault(node, "inputs must be earlier layers, not number " + input);
                }
            }
            shapes.add(infer(node, shapes));
        }
        return List.copyOf(shapes);
    }

    private static Shape infer(Node node, List<Shape> shapes) {
        return switch (node.layer()) {
            case Input input -> {
                if (!node.inputs().isEmpty()) {
                    throw fault(node, "the input has no inputs");
                }
                yield input.shape();
            }
            case Layer.Add _ -> sum(node, shapes);
            case Convolution convolution -> convolve(node, convolution, single(node, shapes));
            case Pooling pooling -> pool(node, pooling, single(node, shapes));
            case Linear linear -> {
                single(node, shapes);
                if (linear.features() < 1) {
                    throw fault(node, "features must be positive, not " + linear.features());
                }
                yield new Shape(linear.features(), 1, 1);
            }
            case Layer.GlobalPooling _ -> new Shape(single(node, shapes).channels(), 1, 1);
            case Layer.BatchNormalization _, Layer.Activation _, Layer.Zero _ -> single(node, shapes);
        };
    }

    private static Shape sum(Node node, List<Shape> shapes) {
        if (node.inputs().size() < 2) {
            throw fault(
                    node,
                    "a sum needs at least two inputs, not " + node.inputs().size());
        }
        Shape first = shapes.get(node.inputs().getFirst());
        for (int input : node.inputs()) {
            if (!shapes.get(input).equals(first)) {
                throw fault(node, "the summed shapes differ: " + first + " and " + shapes.get(input));
            }
        }
        return first;
    }

    private static Shape convolve(Node node, Convolution layer, Shape in) {
        if (layer.channels() < 1 || layer.kernel() < 1 || layer.stride() < 1 || layer.dilation() < 1) {
            throw fault(node, "channels, kernel, stride and dilation must be positive");
        }
        if (layer.padding() < 0) {
            throw fault(node, "padding must not be negative");
        }
        int groups = layer.groups();
        if (groups < 1 || in.channels() % groups != 0 || layer.channels() % groups != 0) {
            throw fault(
                    node,
                    groups + " groups do not divide " + in.channels() + " input and " + layer.channels()
                            + " output channels");
        }
        long extent = (long) layer.dilation() * (layer.kernel() - 1) + 1;
        return new Shape(
                layer.channels(),
                window(node, in.height(), extent, layer.stride(), layer.padding()),
                window(node, in.width(), extent, layer.stride(), layer.padding()));
    }

    private static Shape pool(Node node, Pooling layer, Shape in) {
        if (layer.kernel() < 1 || layer.stride() < 1) {
            throw fault(node, "kernel and stride must be positive");
        }
        if (layer.padding() < 0 || layer.padding() > layer.kernel() / 2) {
            throw fault(node, "padding must be between 0 and half the kernel, not " + layer.padding());
        }
        return new Shape(
                in.channels(),
                window(node, in.height(), layer.kernel(), layer.stride(), layer.padding()),
                window(node, in.width(), layer.kernel(), layer.stride(), layer.padding()));
    }

    private static int window(Node node, int size, long extent, int stride, int padding) {
        long slack = size + 2L * padding - extent;
        if (slack < 0) {
            throw fault(node, "a window of " + extent + " does not fit " + size + " with padding " + padding);
        }
        long windows = slack / stride + 1;
        if (windows > Integer.MAX_VALUE) {
            throw fault(node, windows + " windows are more than an array can hold");
        }
        return (int) windows;
    }

    private static Shape single(Node node, List<Shape> shapes) {
        if (node.inputs().size() != 1) {
            throw fault(node, "needs exactly one input, not " + node.inputs().size());
        }
        return shapes.get(node.inputs().getFirst());
    }

    private static IllegalArgumentException fault(Node node, String fault) {
        return new IllegalArgumentException("layer '" + node.name() + "': " + fault);
    }
}
