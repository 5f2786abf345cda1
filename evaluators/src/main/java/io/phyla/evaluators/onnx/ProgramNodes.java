package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.export.ProgramOutline;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer program in plain operators, as it is in inference: moving averages stand for moments of the batch. Values keep four
 * dimensions and have the size 1 in those along which they do not differ ({@link ProgramOutline}).
 */
final class ProgramNodes {

    /** From here on the axes of a mean are an input. */
    private static final int AXES_AS_INPUT = 18;

    private final Scribe at;
    private final LayerProgram program;
    private final ProgramOutline outline;
    private final int channels;
    private final Numbers numbers;
    private final String[] values;

    /**
     * What the program's own tensors are called, each 1,C,1,1.
     *
     * @param vectors in the program's order
     * @param moments one for each batch moment, in order
     * @param affine scale and shift; empty if there are none
     */
    record Numbers(List<String> vectors, List<String> affine, List<String> moments) {}

    private ProgramNodes(Scribe at, LayerProgram program, int channels, Numbers numbers) {
        this.at = at;
        this.program = program;
        this.channels = channels;
        this.numbers = numbers;
        outline = ProgramOutline.of(program, channels);
        values = new String[program.values()];
    }

    static void write(Site at, Layer.Program layer) {
        LayerProgram program = layer.program();
        int channels = at.shape().channels();
        List<Integer> shape = List.of(1, channels, 1, 1);
        List<String> vectors = new ArrayList<>();
        List<String> affine = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        for (TensorName tensor : at.tensors()) {
            List<String> list =
                    switch (tensor.tensor().role()) {
                        case VECTOR -> vectors;
                        case MOMENT -> moments;
                        case SCALE, SHIFT -> affine;
                        case WEIGHT, BIAS, MEAN, VARIANCE ->
                            throw new IllegalArgumentException("a program has no " + tensor.name());
                    };
            Role role = tensor.tensor().role();
            int vector = LayerProgram.FIRST_VECTOR + vectors.size();
            boolean unread = role == Role.VECTOR && !program.live()[vector];
            list.add(unread ? "" : at.tensor(tensor, shape));
        }
        String result = write(at, program, channels, at.map(0), new Numbers(vectors, affine, moments));
        at.last("Identity", List.of(result));
    }

    /** What the result is called, N,C,H,W. */
    static String write(Scribe at, LayerProgram program, int channels, String x, Numbers numbers) {
        return new ProgramNodes(at, program, channels, numbers).write(x);
    }

    private String write(String x) {
        for (int value = 0; value < values.length; value++) {
            if (outline.live(value)) {
                values[value] = value(value, x);
            }
        }
        String result = values[program.output()];
        boolean full = outline.spread(program.output()).full();
        if (program.affine()) {
            result = at.step("scaled", "Mul", List.of(result, numbers.affine().getFirst()));
            result = at.step("shifted", "Add", List.of(result, numbers.affine().getLast()));
        }
        return full
                ? result
                : at.step("spread", "Expand", List.of(result, at.step("size", "Shape", List.of(x))));
    }

    private String value(int value, String x) {
        if (value == LayerProgram.X) {
            return x;
        } else if (value == LayerProgram.ZERO) {
            return at.point("zero", 0);
        } else if (program.isVector(value)) {
            return numbers.vectors().get(value - LayerProgram.FIRST_VECTOR);
        }
        Node node = program.node(value);
        String name = "value" + value;
        if (node.operation().mixesSamples()) {
            String moving = numbers.moments().get(program.batchMoments().indexOf(value));
            return node.operation().moment() == Moment.MEAN ? moving : root(name, moving);
        }
        String a = values[node.inputs().getFirst()];
        String b = values[node.inputs().getLast()];
        Moment moment = node.operation().moment();
        return moment == null ? elementwise(name, node, a, b) : moment(name, node, moment, a);
    }

    private String elementwise(String name, Node node, String a, String b) {
        return switch (node.operation()) {
            case ADD -> at.step(name, "Add", List.of(a, b));
            case MUL -> at.step(name, "Mul", List.of(a, b));
            case DIV -> at.step(name, "Div", List.of(a, divisor(name, node.inputs().getLast(), b)));
            case MAX -> largest(name, node, a, b);
            case NEG -> at.step(name, "Neg", List.of(a));
            case SIGMOID -> at.step(name, "Sigmoid", List.of(a));
            case TANH -> at.step(name, "Tanh", List.of(a));
            case EXP -> at.step(name, "Exp", List.of(a));
            case LOG -> signed(name, "Log", a);
            case ABS -> at.step(name, "Abs", List.of(a));
            case SQUARE -> at.step(name, "Mul", List.of(a, a));
            case SQRT -> signed(name, "Sqrt", a);
            case MEAN_BWH,
                    MEAN_WH,
                    MEAN_WHC,
                    MEAN_WHCG,
                    RMS_BWH,
                    RMS_WH,
                    RMS_WHC,
                    RMS_WHCG,
                    STD_BWH,
                    STD_WH,
                    STD_WHC,
                    STD_WHCG -> throw new IllegalArgumentException(node.operation().label() + " is no element-wise operation");
        };
    }

    private String largest(String name, Node node, String a, String b) {
        return node.inputs().getLast() == LayerProgram.ZERO
                ? at.step(name, "Relu", List.of(a))
                : at.step(name, "Max", List.of(a, b));
    }

    /** sign(a) times a function of |a| + epsilon. */
    private String signed(String name, String function, String a) {
        String size = at.step(name + "_size", "Abs", List.of(a));
        String sum = at.step(name + "_sum", "Add", List.of(size, epsilon(name)));
        String of = at.step(name + "_of", function, List.of(sum));
        return at.step(name, "Mul", List.of(at.step(name + "_sign", "Sign", List.of(a)), of));
    }

    /** A divisor that is not too small: its own sign, 0 being positive, and at least epsilon. */
    private String divisor(String name, int value, String b) {
        if (outline.bounded(value)) {
            return b;
        }
        String size = at.step(
                name + "_size", "Max", List.of(at.step(name + "_abs", "Abs", List.of(b)), epsilon(name)));
        String negative = at.step(name + "_negative", "Less", List.of(b, at.scalar(name + "_zero", 0)));
        return at.step(
                name + "_divisor",
                "Where",
                List.of(negative, at.step(name + "_mirrored", "Neg", List.of(size)), size));
    }

    private String moment(String name, Node node, Moment moment, String a) {
        boolean grouped = outline.grouped(node) && program.groups(channels) > 1;
        String from = grouped
                ? at.step(name + "_groups", "Reshape", List.of(a, at.integers(name + "_grouped", 0, program.groups(channels), -1)))
                : a;
        long[] axes = grouped ? new long[] {2} : axes(node.operation());
        String raw = switch (moment) {
            case MEAN -> mean(name + "_mean", from, axes);
            case RMS -> mean(name + "_squares", at.step(name + "_square", "Mul", List.of(from, from)), axes);
            case STD -> {
                String centred =
                        at.step(name + "_centred", "Sub", List.of(from, mean(name + "_mean", from, axes)));
                yield mean(name + "_variance", at.step(name + "_square", "Mul", List.of(centred, centred)), axes);
            }
        };
        String spread = grouped ? ungrouped(name, raw) : raw;
        return moment == Moment.MEAN ? spread : root(name, spread);
    }

    /** From N,groups,1 to N,C,1,1. */
    private String ungrouped(String name, String raw) {
        long size = channels / program.groups(channels);
        String repeated = at.step(
                name + "_repeated", "Expand", List.of(raw, at.integers(name + "_group_size", 1, 1, size)));
        return at.step(
                name + "_ungrouped", "Reshape", List.of(repeated, at.integers(name + "_per_channel", 0, -1, 1, 1)));
    }

    private static long[] axes(Operation operation) {
        return operation.axes() == Axes.INSTANCE ? new long[] {2, 3} : new long[] {1, 2, 3};
    }

    private String mean(String name, String value, long... axes) {
        if (at.opset() >= AXES_AS_INPUT) {
            return at.step(name, "ReduceMean", List.of(value, at.integers(name + "_axes", axes)));
        }
        List<Long> list = new ArrayList<>();
        for (long axis : axes) {
            list.add(axis);
        }
        return at.step(name, "ReduceMean", List.of(value), Attributes.of("axes", list));
    }

    private String root(String name, String square) {
        return at.step(
                name, "Sqrt", List.of(at.step(name + "_sum", "Add", List.of(square, epsilon(name)))));
    }

    private String epsilon(String name) {
        return at.scalar(name + "_epsilon", program.epsilon());
    }
}
