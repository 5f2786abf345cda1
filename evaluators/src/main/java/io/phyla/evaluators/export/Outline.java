package io.phyla.evaluators.export;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * What a writer of a network has to know before its first line: which layers the output depends on, how often each value is
 * used, and which values are vectors. Other libraries' linear layers give N,C where a {@link Network} has N,C,1,1; whatever
 * works on both stays a vector until a layer needs a map.
 */
public final class Outline {

    private final Network network;
    private final boolean[] live;
    private final int[] uses;
    private final boolean[] vectors;

    private Outline(Network network) {
        this.network = network;
        int size = network.nodes().size();
        live = new boolean[size];
        uses = new int[size];
        vectors = new boolean[size];
    }

    public static Outline of(Network network) {
        Outline outline = new Outline(network);
        List<Node> nodes = network.nodes();
        outline.live[nodes.size() - 1] = true;
        for (int node = nodes.size() - 1; node >= 0; node--) {
            if (outline.live[node]) {
                for (int input : nodes.get(node).inputs()) {
                    outline.live[input] = true;
                    outline.uses[input]++;
                }
            }
        }
        for (int node = 0; node < nodes.size(); node++) {
            outline.vectors[node] = outline.staysVector(nodes.get(node));
        }
        return outline;
    }

    /** Whether the output depends on this layer. */
    public boolean live(int node) {
        return live[node];
    }

    /** How often layers that the output depends on read this one. */
    public int uses(int node) {
        return uses[node];
    }

    /** Whether a layer's value is N,C instead of N,C,1,1. */
    public boolean vector(int node) {
        return vectors[node];
    }

    /** Whether the network's output is to be N,C: it is no map, whatever made it. */
    public boolean vectorOutput() {
        return single(network.output());
    }

    /** Whether a map has one position only. */
    public static boolean single(Shape shape) {
        return shape.height() == 1 && shape.width() == 1;
    }

    private boolean staysVector(Node node) {
        return switch (node.layer()) {
            case Layer.Linear _, Layer.Flatten _ -> true;
            case Layer.Activation _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
                    Layer.Dropout _,
                    Layer.Zero _,
                    Layer.BatchNormalization _,
                    Layer.LayerNormalization _,
                    Layer.Add _,
                    Layer.Multiply _,
                    Layer.Concat _ -> node.inputs().stream().allMatch(input -> vectors[input]);
            case Layer.Input _,
                    Layer.Convolution _,
                    Layer.TransposedConvolution _,
                    Layer.GroupNormalization _,
                    Layer.InstanceNormalization _,
                    Layer.Program _,
                    Layer.MatrixProduct _,
                    Layer.Pooling _,
                    Layer.GlobalPooling _,
                    Layer.Pad _,
                    Layer.PixelShuffle _,
                    Layer.Upsample _ -> false;
        };
    }
}
