package io.phyla.spaces.design;

import java.util.ArrayList;
import java.util.List;

/**
 * An immutable graph of layers in topological order. Node 0 is the input, the last node the output; shapes are inferred
 * and checked when the network is made. Costs, execution, exports and drawings all read this one form.
 *
 * @param nodes each node's inputs are indices of earlier nodes
 * @param shapes the shape each node produces, for one sample
 */
public record Network(List<Node> nodes, List<Shape> shapes) implements Design {

    /** One layer in the graph, under a name unique in its network ({@code stage1.cell0.edge02.convolution}). */
    public record Node(String name, Layer layer, List<Integer> inputs) {
        public Node {
            inputs = List.copyOf(inputs);
        }
    }

    public Network {
        nodes = List.copyOf(nodes);
        if (!shapes.equals(ShapeInference.infer(nodes))) {
            throw new IllegalArgumentException("the shapes given are not the ones inferred");
        }
        shapes = List.copyOf(shapes);
    }

    /** @throws IllegalArgumentException naming the node whose inputs do not fit its layer */
    public static Network of(List<Node> nodes) {
        return new Network(nodes, ShapeInference.infer(nodes));
    }

    public Shape input() {
        return shapes.getFirst();
    }

    public Shape output() {
        return shapes.getLast();
    }

    /** Grows a network node by node. */
    public static final class Builder {

        private final List<Node> nodes = new ArrayList<>();

        public Builder(Shape input) {
            nodes.add(new Node("input", new Layer.Input(input), List.of()));
        }

        /** Appends a node and returns its index. */
        public int add(String name, Layer layer, Integer... inputs) {
            nodes.add(new Node(name, layer, List.of(inputs)));
            return nodes.size() - 1;
        }

        public Network build() {
            return Network.of(nodes);
        }
    }
}
