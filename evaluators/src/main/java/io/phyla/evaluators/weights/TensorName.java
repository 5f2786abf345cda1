package io.phyla.evaluators.weights;

import io.phyla.evaluators.engine.Parameter;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a network's tensor is called and shaped outside: {@code <layer>.<role>}, roles being weight, bias, scale, shift, mean
 * and variance; convolution O,I/groups,Kh,Kw, transposed convolution I,O/groups,Kh,Kw, linear O,I, everything else one
 * dimension.
 */
public record TensorName(Parameter tensor, String name, List<Integer> shape) {

    /** All tensors of a network: the learned ones in their order, then the moving statistics. */
    public static List<TensorName> of(Network network) {
        return Stream.concat(Parameter.of(network).stream(), Parameter.statisticsOf(network).stream())
                .map(tensor ->
                        new TensorName(tensor, name(network, tensor.node(), tensor.role()), shape(network, tensor)))
                .toList();
    }

    static String name(Network network, int node, Parameter.Role role) {
        return network.nodes().get(node).name() + "." + role.name().toLowerCase(Locale.ROOT);
    }

    private static List<Integer> shape(Network network, Parameter tensor) {
        if (tensor.role() != Parameter.Role.WEIGHT) {
            return List.of(tensor.size());
        }
        int rows = tensor.size() / tensor.fanIn();
        Layer layer = network.nodes().get(tensor.node()).layer();
        if (layer instanceof Layer.Convolution convolution) {
            return filters(rows, tensor.fanIn(), convolution.kernel());
        } else if (layer instanceof Layer.TransposedConvolution convolution) {
            return filters(rows, tensor.fanIn(), convolution.kernel());
        }
        return List.of(rows, tensor.fanIn());
    }

    private static List<Integer> filters(int rows, int fanIn, Extent kernel) {
        return List.of(rows, fanIn / kernel.height() / kernel.width(), kernel.height(), kernel.width());
    }
}
