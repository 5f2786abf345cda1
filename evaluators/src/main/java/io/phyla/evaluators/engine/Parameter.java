package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor that a network owns: learned, or a moving statistic.
 *
 * @param index position in {@link Execution#parameters()}, for a statistic in {@link Execution#statistics()}
 * @param node the node it belongs to
 * @param size number of elements
 * @param fanIn elements behind one index of the first dimension, which scales first values (O,I,K,K: I*K*K, the inputs that
 *     one output sums over; of a transposed convolution I,O,K,K: O*K*K, as PyTorch has it); 1 for scale, shift and
 *     statistics; for a bias that of its weights
 * @param initial what each element is at first, unless it is drawn: 0 for weights and biases
 */
public record Parameter(int index, int node, Role role, int size, int fanIn, double initial) {

    /** What the tensor is to its layer. */
    public enum Role {
        /** Convolution O,I/groups,Kh,Kw, transposed convolution I,O/groups,Kh,Kw, or linear O,I. */
        WEIGHT,
        /** One per output channel or feature. */
        BIAS,
        /** Normalisation's factor, one per channel. */
        SCALE,
        /** Normalisation's summand, one per channel. */
        SHIFT,
        /** A program's vector, one per channel; a program may have several. */
        VECTOR,
        /** Moving average of a batch normalisation's means; a statistic, not learned. */
        MEAN,
        /** Moving average of a batch normalisation's unbiased variances; a statistic, not learned. */
        VARIANCE,
        /** Moving average of a program's batch moment: mean, mean square or biased variance; a statistic, not learned. */
        MOMENT
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
                case Layer.Convolution layer -> {
                    int fanIn = fanIn(input(network, node).channels() / layer.groups(), layer.kernel());
                    addWeights(parameters, node, layer.channels(), fanIn, layer.channels(), layer.bias());
                }
                case Layer.TransposedConvolution layer -> {
                    int fanIn = fanIn(layer.channels() / layer.groups(), layer.kernel());
                    int inputs = input(network, node).channels();
                    addWeights(parameters, node, inputs, fanIn, layer.channels(), layer.bias());
                }
                case Layer.Linear layer -> {
                    int fanIn = Math.toIntExact(input(network, node).elements());
                    addWeights(parameters, node, layer.features(), fanIn, layer.features(), layer.bias());
                }
                case Layer.BatchNormalization _,
                        Layer.GroupNormalization _,
                        Layer.LayerNormalization _,
                        Layer.InstanceNormalization _ -> addChannels(parameters, network, node, Role.SCALE, Role.SHIFT);
                case Layer.Program layer -> {
                    int channels = network.shapes().get(node).channels();
                    for (LayerProgram.Vector vector : layer.program().vectors()) {
                        parameters.add(
                                new Parameter(parameters.size(), node, Role.VECTOR, channels, 1, vector.initial()));
                    }
                    if (layer.program().affine()) {
                        addChannels(parameters, network, node, Role.SCALE, Role.SHIFT);
                    }
                }
                case Layer.Input _,
                        Layer.Activation _,
                        Layer.LeakyRelu _,
                        Layer.Softmax _,
                        Layer.MatrixProduct _,
                        Layer.Pooling _,
                        Layer.GlobalPooling _,
                        Layer.Add _,
                        Layer.Multiply _,
                        Layer.Concat _,
                        Layer.Pad _,
                        Layer.Flatten _,
                        Layer.PixelShuffle _,
                        Layer.Upsample _,
                        Layer.Dropout _,
                        Layer.Zero _ -> {}
            }
        }
        return List.copyOf(parameters);
    }

    /**
     * The moving statistics of a network: of each batch normalisation the mean, then the variance; of each program its batch
     * moments in order.
     */
    public static List<Parameter> statisticsOf(Network network) {
        List<Parameter> statistics = new ArrayList<>();
        for (int node = 0; node < network.nodes().size(); node++) {
            if (network.nodes().get(node).layer() instanceof Layer.BatchNormalization) {
                addChannels(statistics, network, node, Role.MEAN, Role.VARIANCE);
            } else if (network.nodes().get(node).layer() instanceof Layer.Program layer) {
                int channels = network.shapes().get(node).channels();
                for (int moment : layer.program().batchMoments()) {
                    boolean mean = layer.program().node(moment).operation().moment() == Operation.Moment.MEAN;
                    statistics.add(new Parameter(statistics.size(), node, Role.MOMENT, channels, 1, mean ? 0 : 1));
                }
            }
        }
        return List.copyOf(statistics);
    }

    private static int fanIn(int channels, Extent kernel) {
        return Math.multiplyExact(channels, Math.multiplyExact(kernel.height(), kernel.width()));
    }

    private static void addWeights(
            List<Parameter> parameters, int node, int rows, int fanIn, int outputs, boolean bias) {
        parameters.add(new Parameter(parameters.size(), node, Role.WEIGHT, Math.multiplyExact(rows, fanIn), fanIn, 0));
        if (bias) {
            parameters.add(new Parameter(parameters.size(), node, Role.BIAS, outputs, fanIn, 0));
        }
    }

    private static void addChannels(List<Parameter> tensors, Network network, int node, Role first, Role second) {
        int channels = network.shapes().get(node).channels();
        tensors.add(new Parameter(tensors.size(), node, first, channels, 1, initial(first)));
        tensors.add(new Parameter(tensors.size(), node, second, channels, 1, initial(second)));
    }

    private static double initial(Role role) {
        return role == Role.SCALE || role == Role.VARIANCE ? 1 : 0;
    }

    private static Shape input(Network network, int node) {
        return network.shapes().get(network.nodes().get(node).inputs().getFirst());
    }

    /** Whether an optimiser changes it; a statistic is measured instead. */
    public boolean learned() {
        return role != Role.MEAN && role != Role.VARIANCE && role != Role.MOMENT;
    }
}
