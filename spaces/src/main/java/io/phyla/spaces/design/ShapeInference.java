package io.phyla.spaces.design;

import io.phyla.spaces.design.Layer.Input;
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

    /** @param shapes of all earlier nodes */
    static Shape infer(Node node, List<Shape> shapes) {
        LayerShapes at = new LayerShapes(node, shapes);
        return switch (node.layer()) {
            case Layer.Input input -> at.input(input);
            case Layer.Convolution layer -> at.convolve(layer);
            case Layer.TransposedConvolution layer -> at.transpose(layer);
            case Layer.Linear layer -> at.linear(layer);
            case Layer.BatchNormalization layer -> at.normalize(1, layer.epsilon());
            case Layer.GroupNormalization layer -> at.normalize(layer.groups(), layer.epsilon());
            case Layer.LayerNormalization layer -> at.normalize(1, layer.epsilon());
            case Layer.InstanceNormalization layer -> at.normalize(1, layer.epsilon());
            case Layer.Activation _, Layer.Zero _ -> at.single();
            case Layer.Program layer -> at.run(layer);
            case Layer.LeakyRelu layer -> at.leak(layer);
            case Layer.Softmax layer -> at.grouped(layer.groups());
            case Layer.MatrixProduct layer -> at.multiply(layer);
            case Layer.Pooling layer -> at.pool(layer);
            case Layer.GlobalPooling _ -> new Shape(at.single().channels(), 1, 1);
            case Layer.Add _ -> at.sum();
            case Layer.Multiply _ -> at.product();
            case Layer.Concat _ -> at.concat();
            case Layer.Pad layer -> at.pad(layer);
            case Layer.Flatten _ -> at.flatten();
            case Layer.PixelShuffle layer -> at.shuffle(layer);
            case Layer.Upsample layer -> at.enlarge(layer);
            case Layer.Dropout layer -> at.drop(layer);
        };
    }

    static IllegalArgumentException fault(Node node, String fault) {
        return new IllegalArgumentException("layer '" + node.name() + "': " + fault);
    }
}
