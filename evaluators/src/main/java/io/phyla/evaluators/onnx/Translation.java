package io.phyla.evaluators.onnx;

import io.phyla.evaluators.export.Outline;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One network on its way into an ONNX graph: what its layers are called there, and what is written already. */
final class Translation {

    private final Network network;
    private final Weights weights;
    private final int opset;
    private final Outline outline;
    private final Folding folding;
    private final OnnxGraph graph = new OnnxGraph();
    private final String[] names;
    private final @Nullable String[] values;
    private final @Nullable String[] reshaped;

    Translation(Network network, Weights weights, OnnxOptions options) {
        this.network = network;
        this.weights = weights;
        this.opset = options.opset();
        this.outline = Outline.of(network);
        this.folding = options.foldBatchNorm() ? Folding.of(network, outline, weights) : Folding.NONE;
        int size = network.nodes().size();
        this.names = new String[size];
        this.values = new String[size];
        this.reshaped = new String[size];
        for (int node = 0; node < size; node++) {
            names[node] = name(node, size - 1);
        }
    }

    private String name(int node, int last) {
        boolean output = node == last && outline.vector(last) == outline.vectorOutput();
        return output
                ? OnnxGraph.OUTPUT
                : graph.unique(network.nodes().get(node).name());
    }

    OnnxGraph run() {
        graph.input(network.input());
        for (int node = 0; node < values.length; node++) {
            if (!outline.live(node)) {
                continue;
            }
            if (network.nodes().get(node).layer() instanceof Layer.Input) {
                values[node] = OnnxGraph.INPUT;
            } else if (folding.folded(node)) {
                values[node] = value(network.nodes().get(node).inputs().getFirst());
            } else {
                LayerNodes.write(new Site(this, node));
            }
            graph.describe(value(node), network.shapes().get(node), outline.vector(node));
        }
        finish(values.length - 1);
        return graph;
    }

    private void finish(int last) {
        graph.output(network.output(), outline.vectorOutput());
        if (value(last).equals(OnnxGraph.OUTPUT)) {
            return;
        }
        if (outline.vectorOutput() && !outline.vector(last)) {
            graph.node(OnnxGraph.OUTPUT, "Flatten", List.of(value(last)), Attributes.of("axis", 1));
        } else {
            graph.node(OnnxGraph.OUTPUT, "Identity", List.of(value(last)), Attributes.NONE);
        }
    }

    /** A layer's value, which is written already. */
    String value(int node) {
        String value = values[node];
        if (value == null) {
            throw new IllegalStateException(
                    "layer '" + network.nodes().get(node).name() + "' is read before it is written");
        }
        return value;
    }

    /** A value as N,C,H,W. */
    String map(int node) {
        if (!outline.vector(node)) {
            return value(node);
        }
        if (reshaped[node] == null) {
            Shape shape = network.shapes().get(node);
            String target = graph.integers(names[node] + "/map_shape", 0, shape.channels(), 1, 1);
            reshaped[node] = graph.node(
                    graph.unique(names[node] + "/map"), "Reshape", List.of(value(node), target), Attributes.NONE);
        }
        return reshaped[node];
    }

    /** A value as N,C*H*W. */
    String vector(int node) {
        if (outline.vector(node)) {
            return value(node);
        }
        if (reshaped[node] == null) {
            reshaped[node] = graph.node(
                    graph.unique(names[node] + "/vector"), "Flatten", List.of(value(node)), Attributes.of("axis", 1));
        }
        return reshaped[node];
    }

    Folding.@Nullable Fold fold(int node) {
        return folding.of(node);
    }

    void give(int node, String value) {
        values[node] = value;
    }

    String name(int node) {
        return names[folding.named(node)];
    }

    Network network() {
        return network;
    }

    Weights weights() {
        return weights;
    }

    Outline outline() {
        return outline;
    }

    OnnxGraph graph() {
        return graph;
    }

    int opset() {
        return opset;
    }
}
