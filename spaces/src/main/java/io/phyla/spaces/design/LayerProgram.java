package io.phyla.spaces.design;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A normalisation-activation layer as a graph of tensor operations (Liu et al., NeurIPS 2020, section 3): tensor N,C,H,W in,
 * tensor of the same shape out. Values are numbered: 0 is the input x, 1 is zeros, then come the trained vectors, one number per
 * channel each, then the nodes in topological order. Every place in a network where the layer stands has vectors of its own.
 *
 * @param vectors trained vectors beside scale and shift
 * @param nodes operations on earlier values; some may lead nowhere
 * @param output the value that is the layer's result
 * @param affine whether the result is multiplied by a trained scale (1 at first) and a trained shift (0 at first) is added, per
 *     channel, outside of the graph
 * @param groupSize channels of a group for moments over groups, the next smaller divisor of the channels where it does not divide
 *     them; 0 for {@value #GROUPS} groups, or the next smaller divisor of the channels
 * @param epsilon what keeps roots, logarithms and divisors away from 0, see {@link Operation}
 */
public record LayerProgram(
        List<Vector> vectors, List<Node> nodes, int output, boolean affine, int groupSize, double epsilon)
        implements Design {

    /** The number of the input. */
    public static final int X = 0;

    /** The number of the zeros. */
    public static final int ZERO = 1;

    /** The number of the first vector. */
    public static final int FIRST_VECTOR = 2;

    /** Groups that channels fall into where no size is asked for. */
    public static final int GROUPS = 32;

    public static final double EPSILON = 1e-5;

    /** Maps as they are common in small networks: 32 channels of 16 by 16. */
    public static final Shape EXEMPLARY_SHAPE = new Shape(32, 16, 16);

    /** Far more than any published layer has. */
    public static final int MOST_NODES = 1000;

    private static final int MOST_VECTORS = 100;

    /** A trained vector and what each of its numbers is at first. */
    public record Vector(String name, double initial) {
        public Vector {
            if (!name.matches("[a-z][a-z0-9_]{0,31}")) {
                throw new IllegalArgumentException(
                        "a vector is called like v0: a small letter, then small letters, digits and _, not '" + name
                                + "'");
            }
            if (!Double.isFinite(initial)) {
                throw new IllegalArgumentException("vector " + name + " must start with a finite number");
            }
        }
    }

    /** An operation and the numbers of the values it takes. */
    public record Node(Operation operation, List<Integer> inputs) {
        public Node {
            inputs = List.copyOf(inputs);
            if (inputs.size() != operation.arity()) {
                throw new IllegalArgumentException(
                        operation.label() + " takes " + operation.arity() + " inputs, not " + inputs.size());
            }
        }

        public static Node of(Operation operation, Integer... inputs) {
            return new Node(operation, List.of(inputs));
        }
    }

    /** Whether a batch's samples see each other. */
    public enum Series {
        /** Moments of the batch: moving averages stand for them in inference. */
        B,
        /** Each sample by itself. */
        S
    }

    public LayerProgram {
        vectors = List.copyOf(vectors);
        nodes = List.copyOf(nodes);
        if (nodes.size() > MOST_NODES || vectors.size() > MOST_VECTORS) {
            throw new IllegalArgumentException("a layer program has at most " + MOST_NODES + " nodes and "
                    + MOST_VECTORS + " vectors, not " + nodes.size() + " and " + vectors.size());
        }
        Set<String> names = new HashSet<>();
        for (Vector vector : vectors) {
            boolean other = vector.name().matches("x|scale|shift|moment[0-9]+");
            if (other || !names.add(vector.name())) {
                throw new IllegalArgumentException("the name " + vector.name() + " is taken");
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            int number = FIRST_VECTOR + vectors.size() + i;
            for (int input : nodes.get(i).inputs()) {
                if (input < 0 || input >= number) {
                    throw new IllegalArgumentException(
                            "node " + number + " takes value " + input + ", which is none before it");
                }
            }
        }
        if (output < 0 || output >= FIRST_VECTOR + vectors.size() + nodes.size()) {
            throw new IllegalArgumentException("the output is value " + output + ", but there is none of this number");
        }
        if (groupSize < 0) {
            throw new IllegalArgumentException("a group has at least one channel, or 0 for " + GROUPS + " groups");
        }
        if (!(epsilon >= 0 && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon must be at least 0 and below 1, not " + epsilon);
        }
    }

    /** The number of the first node. */
    @JsonIgnore
    public int firstNode() {
        return FIRST_VECTOR + vectors.size();
    }

    /** How many values there are. */
    @JsonIgnore
    public int values() {
        return firstNode() + nodes.size();
    }

    public boolean isNode(int value) {
        return value >= firstNode();
    }

    public boolean isVector(int value) {
        return value >= FIRST_VECTOR && value < firstNode();
    }

    /** The node with this number, counted as values are. */
    public Node node(int value) {
        return nodes.get(value - firstNode());
    }

    /** The vector with this number, counted as values are. */
    public Vector vector(int value) {
        return vectors.get(value - FIRST_VECTOR);
    }

    /** For each value, whether it has a part in the output. */
    public boolean[] live() {
        boolean[] live = new boolean[values()];
        live[output] = true;
        for (int value = values() - 1; value >= firstNode(); value--) {
            if (live[value]) {
                node(value).inputs().forEach(input -> live[input] = true);
            }
        }
        return live;
    }

    /** The same function without nodes that lead nowhere; vectors stay, used or not. */
    public LayerProgram pruned() {
        boolean[] live = live();
        int[] moved = new int[values()];
        List<Node> kept = new ArrayList<>();
        for (int value = 0; value < values(); value++) {
            if (!isNode(value)) {
                moved[value] = value;
            } else if (live[value]) {
                moved[value] = firstNode() + kept.size();
                kept.add(new Node(
                        node(value).operation(),
                        node(value).inputs().stream().map(input -> moved[input]).toList()));
            }
        }
        return new LayerProgram(vectors, kept, moved[output], affine, groupSize, epsilon);
    }

    /** How many nodes have a part in the output. */
    public int liveNodes() {
        boolean[] live = live();
        int count = 0;
        for (int value = firstNode(); value < values(); value++) {
            count += live[value] ? 1 : 0;
        }
        return count;
    }

    /** The numbers of the nodes whose moments are taken over the batch and that have a part in the output, in order. */
    public List<Integer> batchMoments() {
        boolean[] live = live();
        List<Integer> moments = new ArrayList<>();
        for (int value = firstNode(); value < values(); value++) {
            if (live[value] && node(value).operation().mixesSamples()) {
                moments.add(value);
            }
        }
        return List.copyOf(moments);
    }

    /** Whether any moment has a part in the output, so that it normalises or may. */
    public boolean takesMoments() {
        boolean[] live = live();
        for (int value = firstNode(); value < values(); value++) {
            if (live[value] && node(value).operation().moment() != null) {
                return true;
            }
        }
        return false;
    }

    public Series series() {
        return batchMoments().isEmpty() ? Series.S : Series.B;
    }

    /** How many groups so many channels fall into. */
    public int groups(int channels) {
        if (groupSize == 0) {
            int groups = Math.min(GROUPS, channels);
            while (channels % groups != 0) {
                groups--;
            }
            return groups;
        }
        int size = Math.min(groupSize, channels);
        while (channels % size != 0) {
            size--;
        }
        return channels / size;
    }

    /** The layer alone, on {@link #EXEMPLARY_SHAPE}. */
    @Override
    public Network network() {
        return network(EXEMPLARY_SHAPE);
    }

    /** The layer alone, on this shape. */
    public Network network(Shape shape) {
        Network.Builder network = new Network.Builder(shape);
        network.add("layer", new Layer.Program(this), 0);
        return network.build();
    }

    /** Scale and shift and nothing else: what stands where a network has a normalisation without an activation. */
    public static LayerProgram scaling() {
        return new LayerProgram(List.of(), List.of(), X, true, 0, EPSILON);
    }
}
