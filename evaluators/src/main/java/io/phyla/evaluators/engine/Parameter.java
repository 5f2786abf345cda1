package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A learned tensor of a network.
 *
 * @param index position in {@link Execution#parameters()}
 * @param node the node it belongs to
 * @param size number of elements
 * @param fanIn inputs that one output element sums over (O,I,K,K: I*K*K); 1 for scale and shift; for a bias that of its weights
 */
public record Parameter(int index, int node, Role role, int size, int fanIn) {

    /** What the tensor is to its layer. */
    public enum Role {
        /** Convolution O,I/groups,K,K or linear O,I. */
        WEIGHT,
        /** One per output channel or feature. */
        BIAS,
        /** Normalisation's factor, one per channel. */
        SCALE,
        /** Normalisation's summand, one per channel. */
        SHIFT
    }

    /**
     * All learned tensors of a network in the order of {@link Execution#parameters()}.
     *
     * @throws ArithmeticException if a tensor has more elements than an array can hold
     */
    public static List<Parameter> of(Network network) {
        List<Parameter> parameters = new ArrayList<>();
        for (int node = 0; node < network.nodes().size(); node++) {
            switch (network.nodes().get(node).layer()) {
                case Layer.Convolution convolution -> {
                    int fanIn = Math.multiplyExact(
                            input(network, node).channels() / convolution.groups(),
                            Math.multiplyExact(convolution.kernel(), convolution.kernel()));
                    addWeights(parameters, node, convolution.channels(), fanIn, convolution.bias());
                }
                case Layer.Linear linear ->
                    addWeights(
                            parameters,
                            node,
                            linear.features(),
                            Math.toIntExact(input(network, node).elements()),
                            linear.bias());
                case Layer.BatchNormalization _ -> {
                    int channels = input(network, node).channels();
                    parameters.add(new Parameter(parameters.size(), node, Role.SCALE, channels, 1));
                    parameters.add(new Parameter(parameters.size(), node, Role.SHIFT, channels, 1));
                }
                case Layer.Input _,
                        Layer.Activation _,
                        Layer.Pooling _,
                        Layer.GlobalPooling _,
                        Layer.Add _,
                        Layer.Zero _ -> {}
            }
        }
        return List.copyOf(parameters);
    }

    private static void addWeights(List<Parameter> parameters, int node, int outputs, int fanIn, boolean bias) {
        parameters.add(new Parameter(parameters.size(), node, Role.WEIGHT, Math.multiplyExact(outputs, fanIn), fanIn));
        if (bias) {
            parameters.add(new Parameter(parameters.size(), node, Role.BIAS, outputs, fanIn));
        }
    }

    private static Shape input(Network network, int node) {
        return network.shapes().get(network.nodes().get(node).inputs().getFirst());
    }
}
