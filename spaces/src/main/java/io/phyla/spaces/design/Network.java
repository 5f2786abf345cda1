package io.phyla.spaces.design;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An immutable graph of layers in topological order. Node 0 is the input, the last node the output; shapes are inferred
 * and checked when the network is made. Costs, execution, exports and drawings all read this one form.
 */
public final class Network implements Design {

    private final List<Node> nodes;
    private final List<Shape> shapes;

    /** One layer in the graph, under a name unique in its network ({@code stage1.cell0.edge02.convolution}). */
    public record Node(String name, Layer layer, List<Integer> inputs) {
        public Node {
            inputs = List.copyOf(inputs);
        }
    }

    private Network(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        this.shapes = ShapeInference.infer(this.nodes);
    }

    /** @throws IllegalArgumentException naming the node whose inputs do not fit its layer */
    public static Network of(List<Node> nodes) {
        return new Network(nodes);
    }

    /**
     * What a layer makes of inputs of these shapes, before there is a whole network.
     *
     * @throws IllegalArgumentException naming the layer, if they do not fit it
     */
    public static Shape shape(String name, Layer layer, List<Shape> inputs) {
        List<Integer> positions = IntStream.range(0, inputs.size()).boxed().toList();
        return ShapeInference.infer(new Node(name, layer, positions), inputs);
    }

    @Override
    public Network network() {
        return this;
    }

    /** The layers; each node's inputs are indices of earlier nodes. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The shape each node produces, for one sample. */
    public List<Shape> shapes() {
        return shapes;
    }

    public Shape input() {
        return shapes.getFirst();
    }

    public Shape output() {
        return shapes.getLast();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && nodes.equals(network.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "network of " + nodes.size() + " layers, " + input() + " to " + output();
    }

    /** Grows a network node by node. */
    public static final class Builder {

        private final List<Node> nodes = new ArrayList<>();
        private final List<Shape> shapes = new ArrayList<>();

        public Builder(Shape input) {
            nodes.add(new Node("input", new Layer.Input(input), List.of()));
        }

        /** Appends a node and returns its index. */
        public int add(String name, Layer layer, Integer... inputs) {
            nodes.add(new Node(name, layer, List.of(inputs)));
            return nodes.size() - 1;
        }

        /**
         * The shape that a node added so far produces.
         *
         * @throws IllegalArgumentException naming the first node whose inputs do not fit its layer
         */
        public Shape shape(int node) {
            while (shapes.size() <= node) {
                shapes.add(ShapeInference.infer(nodes.get(shapes.size()), shapes));
            }
            return shapes.get(node);
        }

        /** Nodes added so far. */
        public int size() {
            return nodes.size();
        }

        /** The network of all nodes up to this one, which is its output. */
        public Network build(int output) {
            return Network.of(nodes.subList(0, output + 1));
        }

        public Network build() {
            return Network.of(nodes);
        }
    }
}
