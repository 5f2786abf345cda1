package io.phyla.evaluators.weights;

import io.phyla.evaluators.engine.Parameter;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a network's tensor is called and shaped outside: {@code <layer>.<role>}, roles being weight, bias, scale, shift, mean
 * and variance, and in a program the vectors' own names, and {@code moment} with the number of its node; convolution O,I/groups,Kh,Kw, transposed convolution I,O/groups,Kh,Kw, linear O,I, everything else one
 * dimension.
 */
public record TensorName(Parameter tensor, String name, List<Integer> shape) {

    /** All tensors of a network: the learned ones in their order, then the moving statistics. */
    public static List<TensorName> of(Network network) {
        List<TensorName> names = new ArrayList<>();
        int ordinal = 0;
        Parameter before = null;
        for (Parameter tensor : Stream.concat(Parameter.of(network).stream(), Parameter.statisticsOf(network).stream())
                .toList()) {
            ordinal = before != null && before.node() == tensor.node() && before.role() == tensor.role()
                    ? ordinal + 1
                    : 0;
            names.add(new TensorName(
                    tensor, name(network, tensor.node(), tensor.role(), ordinal), shape(network, tensor)));
            before = tensor;
        }
        return List.copyOf(names);
    }

    /** @param ordinal which of the node's tensors of this role it is */
    static String name(Network network, int node, Parameter.Role role, int ordinal) {
        if (network.nodes().get(node).layer() instanceof Layer.Program layer) {
            LayerProgram program = layer.program();
            if (role == Parameter.Role.VECTOR) {
                return network.nodes().get(node).name() + "."
                        + program.vectors().get(ordinal).name();
            }
            if (role == Parameter.Role.MOMENT) {
                return network.nodes().get(node).name() + ".moment"
                        + program.batchMoments().get(ordinal);
            }
        }
        return name(network, node, role);
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
