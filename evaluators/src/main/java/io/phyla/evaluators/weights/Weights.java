package io.phyla.evaluators.weights;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.spaces.design.Network;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All numbers of a network: learned tensors and moving statistics. Nobody changes the arrays after they are in here.
 */
public final class Weights {

    private final Network network;
    private final List<TensorName> names;
    private final Map<String, float[]> values;

    private Weights(Network network, List<TensorName> names, Map<String, float[]> values) {
        this.network = network;
        this.names = names;
        this.values = values;
    }

    /**
     * Takes what the function says of each tensor, in logical order.
     *
     * @throws IllegalArgumentException naming the tensor that has another number of values than its shape
     */
    public static Weights of(Network network, Function<TensorName, float[]> tensors) {
        List<TensorName> names = TensorName.of(network);
        Map<String, float[]> values = new HashMap<>();
        for (TensorName name : names) {
            float[] tensor = tensors.apply(name);
            if (tensor.length != name.tensor().size()) {
                throw new IllegalArgumentException("tensor '" + name.name() + "' must have "
                        + name.tensor().size() + " numbers, shape " + name.shape() + ", not " + tensor.length);
            }
            values.put(name.name(), tensor);
        }
        return new Weights(network, names, values);
    }

    /** What training with this seed starts from; moving means 0 and variances 1. */
    public static Weights initial(Network network, long seed) {
        Map<Parameter, float[]> drawn = new HashMap<>();
        new Initialization(seed).each(Parameter.of(network), (tensor, numbers) -> drawn.put(tensor, floats(numbers)));
        return of(network, name -> {
            float[] learned = drawn.get(name.tensor());
            return learned != null ? learned : statistic(name.tensor());
        });
    }

    private static float[] statistic(Parameter tensor) {
        float[] values = new float[tensor.size()];
        Arrays.fill(values, (float) tensor.initial());
        return values;
    }

    /** A copy of what an execution holds now. */
    public static Weights of(Execution execution) {
        return of(execution.network(), name -> floats(execution.read(name.tensor())));
    }

    /** Rounded to single precision. */
    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    public Network network() {
        return network;
    }

    /** In the order of {@link TensorName#of}. */
    public List<TensorName> names() {
        return names;
    }

    /** A tensor's numbers in logical order, to be read only. */
    public float[] values(TensorName name) {
        return values(name.name());
    }

    /**
     * A layer's tensor, to be read only.
     *
     * @throws IllegalArgumentException if the layer has none of that role
     */
    public float[] values(int node, Parameter.Role role) {
        return values(TensorName.name(network, node, role));
    }

    private float[] values(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no tensor '" + name + "'");
        }
        return found;
    }

    /** Sets all tensors of an execution of the same network. */
    public void load(Execution execution) {
        for (TensorName name : names) {
            float[] floats = values(name);
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            execution.load(name.tensor(), doubles);
        }
    }
}
