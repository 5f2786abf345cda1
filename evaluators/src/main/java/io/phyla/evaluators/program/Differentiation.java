package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Value.Extent;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The backward run as more values of the same graph, by reverse mode. A value that was spread over elements gets the sum of what
 * arrives at them; a moment gives every element of its set the same share, times what the element adds to the moment.
 */
final class Differentiation {

    private final LayerProgram program;
    private final Graph graph;
    private final int channels;
    private final int pixels;
    private final int batch;
    private final List<List<Value>> arrived = new ArrayList<>();
    private final Value[] parameters;
    private Value input;

    /** @param output of the forward run, which is all the graph holds */
    Differentiation(LayerProgram program, Graph graph, Value output, int batch, int channels, int pixels) {
        this.program = program;
        this.graph = graph;
        this.batch = batch;
        this.channels = channels;
        this.pixels = pixels;
        this.parameters = new Value[program.vectors().size() + (program.affine() ? 2 : 0)];
        List<Value> forward = List.copyOf(graph.values().subList(0, graph.values().size()));
        forward.forEach(_ -> arrived.add(new ArrayList<>(2)));
        input = graph.constant(0);
        arrive(output, Extent.FULL, graph.stream(Op.GRADIENT));
        for (Value value : forward.reversed()) {
            total(value).ifPresent(gradient -> propagate(value, gradient));
        }
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = parameters[i] == null ? graph.constant(0) : parameters[i];
        }
    }

    /** The gradient with respect to the layer's input; not always one per element. */
    Value input() {
        return input;
    }

    /** The gradients with respect to vectors, scale and shift, one number per channel each. */
    List<Value> parameters() {
        return List.of(parameters);
    }

    private void arrive(Value target, Extent over, Value contribution) {
        if (target.id() < arrived.size()) {
            arrived.get(target.id()).add(graph.sum(contribution, over, target.extent()));
        }
    }

    /** Terms per channel are summed before elements meet them. */
    private Optional<Value> total(Value value) {
        Optional<Value> elements = sum(arrived.get(value.id()).stream().filter(Value::full).toList());
        Optional<Value> channels =
                sum(arrived.get(value.id()).stream().filter(it -> !it.full()).toList());
        return elements.isPresent() && channels.isPresent()
                ? Optional.of(graph.add(elements.get(), channels.get()))
                : elements.or(() -> channels);
    }

    private Optional<Value> sum(List<Value> terms) {
        return terms.stream().reduce(graph::add);
    }

    private void propagate(Value value, Value g) {
        Extent over = value.extent();
        switch (value.op()) {
            case INPUT -> input = g;
            case PARAMETER -> parameters[(int) value.number()] = g;
            case ADD -> value.inputs().forEach(it -> arrive(it, over, g));
            case MULTIPLY -> {
                Value a = value.inputs().get(0);
                Value b = value.inputs().get(1);
                arrive(a, over, graph.multiply(g, b));
                arrive(b, over, graph.multiply(g, a));
            }
            case MAXIMUM -> {
                Value a = value.inputs().get(0);
                Value b = value.inputs().get(1);
                arrive(a, over, graph.apply(Op.NOT_LESS, g, a, b));
                arrive(b, over, graph.apply(Op.LESS, g, a, b));
            }
            case NEGATE -> arrive(value.first(), over, graph.apply(Op.NEGATE, g));
            case SQUARE -> slope(value, Op.SQUARE_SLOPE, g, value.first());
            case ABSOLUTE -> slope(value, Op.ABSOLUTE_SLOPE, g, value.first());
            case SIGMOID ->
                arrive(value.inputs().get(1), over, graph.apply(Op.TAIL_SLOPE, g, value.first()));
            case TANH ->
                arrive(value.inputs().get(1), over, graph.apply(Op.TAIL_OF_DOUBLE_SLOPE, g, value.first()));
            case EXPONENTIAL -> arrive(value.first(), over, graph.multiply(g, value));
            case LOGARITHM -> slope(value, Op.LOGARITHM_SLOPE, g, value.first());
            case ROOT -> slope(value, Op.ROOT_SLOPE, g, value.first());
            case RECIPROCAL -> slope(value, Op.RECIPROCAL_SLOPE, g, value);
            case MOMENT -> spread(value, g);
            case MOVING, CONSTANT, TAIL, TAIL_OF_DOUBLE -> {
                // Nothing behind them learns; tails hand on through sigmoid and tanh.
            }
            case GRADIENT,
                    NOT_LESS,
                    LESS,
                    TAIL_SLOPE,
                    TAIL_OF_DOUBLE_SLOPE,
                    SQUARE_SLOPE,
                    ABSOLUTE_SLOPE,
                    LOGARITHM_SLOPE,
                    ROOT_SLOPE,
                    RECIPROCAL_SLOPE,
                    SUM,
                    SUM_OF_PRODUCTS,
                    SUM_OF_CHANNELS,
                    SUM_OF_SAMPLES ->
                throw new IllegalStateException(value + " belongs to a backward run");
        }
    }

    private void slope(Value value, Op slope, Value g, Value of) {
        arrive(value.first(), value.extent(), graph.apply(slope, g, of));
    }

    /** da = g / size for a mean, g * a / (rms * size), g * (a - mean) / (std * size). */
    private void spread(Value value, Value g) {
        Value of = value.first();
        Axes axes = Objects.requireNonNull(value.axes());
        Moment moment = Objects.requireNonNull(value.moment());
        boolean overChannels = axes == Axes.LAYER || axes == Axes.GROUP;
        Value all = overChannels ? graph.sumOfChannels(axes, g) : g;
        Value share = graph.scale(all, 1 / size(of.extent(), axes));
        Value contribution =
                switch (moment) {
                    case MEAN -> share;
                    case RMS -> graph.multiply(of, graph.multiply(share, graph.apply(Op.RECIPROCAL, value)));
                    case STD -> {
                        Value mean = graph.moment(Moment.MEAN, axes, of);
                        Value from = graph.add(of, graph.apply(Op.NEGATE, mean));
                        yield graph.multiply(
                                from, graph.multiply(share, graph.apply(Op.RECIPROCAL, value)));
                    }
                };
        // It is the gradient with respect to what the moment was taken of already: nothing is summed on the way.
        arrived.get(of.id()).add(contribution);
    }

    /** How many numbers of such an extent a set has. */
    private double size(Extent extent, Axes axes) {
        double among = switch (axes) {
            case BATCH -> extent == Extent.BATCH ? 1 : batch;
            case INSTANCE -> 1;
            case LAYER -> channels;
            case GROUP -> (double) channels / program.groups(channels);
        };
        return extent == Extent.FULL ? among * pixels : among;
    }
}
