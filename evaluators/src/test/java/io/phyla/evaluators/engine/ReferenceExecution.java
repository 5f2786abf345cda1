package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A network as plain loops over doubles: what every faster execution is held against. Doubles reach 1e308, so FLOW needs
 * no rescaling here and every exponent is 0.
 */
public class ReferenceExecution implements Execution {

    private final Network network;
    private final int batch;
    private final List<Parameter> parameters;
    private final double[][] tensors;
    private final double[][] tensorGradients;
    private final List<Parameter> statistics;
    private final double[][] moving;
    private final double[][] values;
    private final double[][] gradients;
    private final double[][] gates;
    private Mode mode = Mode.TRAINING;
    private long noise;

    public ReferenceExecution(Network network, int batch) {
        this.network = network;
        this.batch = batch;
        this.parameters = Parameter.of(network);
        this.tensors = parameters.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
        this.tensorGradients =
                parameters.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
        this.statistics = Parameter.statisticsOf(network);
        this.moving = new Initialization(0).draw(statistics).toArray(double[][]::new);
        this.values = network.shapes().stream()
                .map(shape -> new double[Math.toIntExact(batch * shape.elements())])
                .toArray(double[][]::new);
        this.gradients = Arrays.stream(values).map(v -> new double[v.length]).toArray(double[][]::new);
        this.gates = new double[values.length][0];
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> statistics() {
        return statistics;
    }

    private double[] holding(Parameter tensor) {
        return tensor.learned() ? tensors[tensor.index()] : moving[tensor.index()];
    }

    @Override
    public void load(Parameter tensor, double[] source) {
        copy(source, holding(tensor));
    }

    @Override
    public double[] read(Parameter tensor) {
        return holding(tensor).clone();
    }

    @Override
    public void track(double share) {
        for (int node = 0; node < values.length; node++) {
            if (network.nodes().get(node).layer() instanceof Layer.Program layer) {
                double momentum = Double.isNaN(share) ? layer.momentum() : share;
                new ReferenceLayerProgram(
                                layer.program(),
                                batch,
                                inputShape(node),
                                own(node, parameters, tensors),
                                List.of(),
                                own(node, statistics, moving))
                        .track(values[inputs(node).getFirst()], momentum);
            }
            if (network.nodes().get(node).layer() instanceof Layer.BatchNormalization layer) {
                double momentum = Double.isNaN(share) ? layer.momentum() : share;
                double[] x = values[inputs(node).getFirst()];
                ReferenceNormalization.track(
                        batch, inputShape(node), momentum, x, moving(node, Role.MEAN), moving(node, Role.VARIANCE));
            }
        }
    }

    @Override
    public void input(float[] images) {
        double[] source = new double[images.length];
        Arrays.setAll(source, i -> images[i]);
        input(source);
    }

    /** Images that are not rounded to float first, for comparison with published figures. */
    public void input(double[] images) {
        copy(images, values[0]);
    }

    @Override
    public void noise(long seed) {
        noise = seed;
    }

    @Override
    public void forward(Mode mode) {
        this.mode = mode;
        for (int node = 1; node < values.length; node++) {
            Arrays.fill(values[node], 0);
            node(node).forward(values[node]);
            if (mode == Mode.TRAINING && network.nodes().get(node).layer().equals(Layer.Activation.RELU)) {
                gates[node] = values[node].clone();
            }
        }
    }

    /** Computes the gradients of the parameters whether they are wanted or not. */
    @Override
    public void backward(double[] outputGradient, boolean wanted) {
        backwardToParameters(outputGradient);
    }

    @Override
    public void backwardToParameters(double[] outputGradient) {
        backwardToParameters(outputGradient, (_, _) -> {});
    }

    @Override
    public void backwardToParameters(double[] outputGradient, MapProducts products) {
        for (double[] gradient : gradients) {
            Arrays.fill(gradient, 0);
        }
        for (double[] gradient : tensorGradients) {
            Arrays.fill(gradient, 0);
        }
        copy(outputGradient, gradients[gradients.length - 1]);
        for (int node = values.length - 1; node > 0; node--) {
            Layer layer = network.nodes().get(node).layer();
            if (layer instanceof Layer.Convolution
                    || layer instanceof Layer.TransposedConvolution
                    || layer instanceof Layer.Linear) {
                products.accept(node, products(node));
            }
            node(node).backward(values[node], gradients[node]);
        }
    }

    private double[] products(int node) {
        Shape shape = network.shapes().get(node);
        double[] products = new double[batch * shape.channels()];
        for (int i = 0; i < values[node].length; i++) {
            products[i / (shape.height() * shape.width())] += values[node][i] * gradients[node][i];
        }
        return products;
    }

    private ReferenceNode node(int node) {
        Map<Role, double[]> own = new EnumMap<>(Role.class);
        Map<Role, double[]> ownGradients = new EnumMap<>(Role.class);
        for (Parameter parameter : parameters) {
            if (parameter.node() == node) {
                own.put(parameter.role(), tensors[parameter.index()]);
                ownGradients.put(parameter.role(), tensorGradients[parameter.index()]);
            }
        }
        for (Parameter statistic : statistics) {
            if (statistic.node() == node) {
                own.put(statistic.role(), moving[statistic.index()]);
            }
        }
        return new ReferenceNode(
                node,
                network.nodes().get(node).layer(),
                mode,
                noise,
                gates[node],
                batch,
                inputs(node).stream().map(network.shapes()::get).toList(),
                network.shapes().get(node),
                inputs(node).stream().map(i -> values[i]).toList(),
                inputs(node).stream().map(i -> gradients[i]).toList(),
                own,
                ownGradients,
                own(node, parameters, tensors),
                own(node, parameters, tensorGradients),
                own(node, statistics, moving));
    }

    private static List<double[]> own(int node, List<Parameter> tensors, double[][] numbers) {
        return tensors.stream()
                .filter(it -> it.node() == node)
                .map(it -> numbers[it.index()])
                .toList();
    }

    @Override
    public double[] output() {
        return values(values.length - 1);
    }

    @Override
    public double[] values(int node) {
        return values[node].clone();
    }

    @Override
    public void signs(int node, Signs sink) {
        int units = Math.toIntExact(network.shapes().get(node).elements());
        for (int sample = 0; sample < batch; sample++) {
            long[] words = new long[Math.ceilDiv(units, Long.SIZE)];
            for (int unit = 0; unit < units; unit++) {
                if (values[node][sample * units + unit] > 0) {
                    words[unit / Long.SIZE] |= 1L << unit;
                }
            }
            sink.accept(sample, words, words.length);
        }
    }

    @Override
    public double[] inputGradient() {
        return gradients[0].clone();
    }

    /** The gradient with respect to what a node produced. */
    double[] outputGradient(int node) {
        return gradients[node].clone();
    }

    @Override
    public ParameterNumbers parameterValues() {
        return (parameter, from, target, count) -> System.arraycopy(tensors[parameter.index()], from, target, 0, count);
    }

    @Override
    public ParameterNumbers parameterGradients() {
        return (parameter, from, target, count) ->
                System.arraycopy(tensorGradients[parameter.index()], from, target, 0, count);
    }

    @Override
    public GradientRows gradientRows(int count) {
        double[][][] rows = new double[count][][];
        return new GradientRows() {
            @Override
            public void keep(int row) {
                rows[row] = Arrays.stream(tensorGradients).map(double[]::clone).toArray(double[][]::new);
            }

            @Override
            public ParameterNumbers row(int row) {
                return (parameter, from, target, length) ->
                        System.arraycopy(rows[row][parameter.index()], from, target, 0, length);
            }
        };
    }

    @Override
    public double[] variance(int node) {
        return ReferenceNormalization.variance(
                batch, inputShape(node), values[inputs(node).getFirst()]);
    }

    @Override
    public double unitRoundoff() {
        return 0x1p-53;
    }

    @Override
    public double saliency(Parameter parameter) {
        double sum = 0;
        for (int i = 0; i < parameter.size(); i++) {
            sum += tensors[parameter.index()][i] * tensorGradients[parameter.index()][i];
        }
        return sum;
    }

    @Override
    public double[] gradient(Parameter parameter) {
        return tensorGradients[parameter.index()].clone();
    }

    @Override
    public long exponent() {
        return 0;
    }

    @Override
    public long exponent(Parameter parameter) {
        return 0;
    }

    @Override
    public void close() {}

    private List<Integer> inputs(int node) {
        return network.nodes().get(node).inputs();
    }

    private Shape inputShape(int node) {
        return network.shapes().get(inputs(node).getFirst());
    }

    private double[] moving(int node, Role role) {
        for (Parameter statistic : statistics) {
            if (statistic.node() == node && statistic.role() == role) {
                return moving[statistic.index()];
            }
        }
        throw new IllegalArgumentException("layer '" + network.nodes().get(node).name() + "' has no " + role);
    }

    private static void copy(double[] source, double[] target) {
        if (source.length != target.length) {
            throw new IllegalArgumentException("expected " + target.length + " numbers, got " + source.length);
        }
        System.arraycopy(source, 0, target, 0, target.length);
    }
}
