package io.phyla.evaluators.source;

import io.phyla.evaluators.export.ProgramOutline;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a layer program computes, as statements in Python, one a node. They call functions that stand before the class
 * ({@code torch_program.py}, {@code keras_program.py}), which alone know how a library lays out its tensors.
 */
final class ProgramStatements {

    private static final String INDENT = "        ";

    private final LayerProgram program;
    private final ProgramOutline outline;
    private final Dialect dialect;
    private final String[] variables;
    private final Map<String, String> attributes = new LinkedHashMap<>();

    /** What differs between libraries. */
    enum Dialect {
        TORCH("torch.", ""),
        KERAS("ops.", ", training");

        private final String functions;
        private final String mode;

        Dialect(String functions, String mode) {
            this.functions = functions;
            this.mode = mode;
        }
    }

    ProgramStatements(LayerProgram program, Dialect dialect) {
        this.program = program;
        this.dialect = dialect;
        outline = ProgramOutline.of(program);
        variables = new String[program.values()];
        PythonNames locals = new PythonNames();
        PythonNames members = new PythonNames();
        variables[LayerProgram.X] = "x";
        variables[LayerProgram.ZERO] = "zero";
        for (int value = LayerProgram.FIRST_VECTOR; value < variables.length; value++) {
            boolean vector = program.isVector(value);
            variables[value] = locals.identifier(vector ? program.vector(value).name() : "n" + value);
            if (vector) {
                attribute(program.vector(value).name(), members);
            }
        }
        if (program.affine()) {
            attribute("scale", members);
            attribute("shift", members);
        }
        program.batchMoments().forEach(moment -> attribute("moment" + moment, members));
    }

    private void attribute(String name, PythonNames members) {
        attributes.put(name, members.identifier(name));
    }

    /** Names of the layer's tensors as weights have them, and the attributes that hold them: learned ones first. */
    Map<String, String> attributes() {
        return attributes;
    }

    /** Whether the layer has to know how many groups its channels fall into. */
    boolean grouped() {
        for (int value = program.firstNode(); value < program.values(); value++) {
            if (outline.live(value) && outline.grouped(program.node(value))) {
                return true;
            }
        }
        return false;
    }

    /** The body of the function that takes x. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int value = LayerProgram.ZERO; value < variables.length; value++) {
            if (outline.live(value)) {
                text.append(INDENT).append(variables[value]).append(" = ").append(expression(value)).append('\n');
            }
        }
        String result = variables[program.output()];
        if (program.affine()) {
            result = result + " * per_channel(self.scale) + per_channel(self.shift)";
        }
        if (!outline.spread(program.output()).full()) {
            result = "spread(" + result + ", x)";
        }
        return text.append(INDENT).append("return ").append(result).append('\n').toString();
    }

    private String expression(int value) {
        if (value == LayerProgram.ZERO) {
            return dialect.functions + "zeros((1, 1, 1, 1), dtype=x.dtype"
                    + (dialect == Dialect.TORCH ? ", device=x.device)" : ")");
        } else if (program.isVector(value)) {
            return "per_channel(self." + attributes.get(program.vector(value).name()) + ")";
        }
        Node node = program.node(value);
        String a = variables[node.inputs().getFirst()];
        String b = variables[node.inputs().getLast()];
        Moment moment = node.operation().moment();
        if (moment != null) {
            String raw = raw(value, node, moment, a);
            return moment == Moment.MEAN ? raw : "root(" + raw + ", self.EPSILON)";
        }
        return switch (node.operation()) {
            case ADD -> a + " + " + b;
            case MUL -> a + " * " + b;
            case DIV ->
                outline.bounded(node.inputs().getLast())
                        ? a + " / " + b
                        : "divide(" + a + ", " + b + ", self.EPSILON)";
            case MAX -> "maximum(" + a + ", " + b + ")";
            case NEG -> "-" + a;
            case SIGMOID -> dialect.functions + "sigmoid(" + a + ")";
            case TANH -> dialect.functions + "tanh(" + a + ")";
            case EXP -> dialect.functions + "exp(" + a + ")";
            case LOG -> "odd(" + a + ", " + dialect.functions + "log, self.EPSILON)";
            case ABS -> dialect.functions + "abs(" + a + ")";
            case SQUARE -> a + " * " + a;
            case SQRT -> "odd(" + a + ", " + dialect.functions + "sqrt, self.EPSILON)";
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
                    STD_WHCG -> throw new IllegalArgumentException(node.operation().label() + " is a moment");
        };
    }

    /** A mean, mean square or variance. */
    private String raw(int value, Node node, Moment moment, String a) {
        String function = switch (moment) {
            case MEAN -> "mean";
            case RMS -> "mean_square";
            case STD -> "variance";
        };
        Operation operation = node.operation();
        if (operation.mixesSamples()) {
            String moving = "self." + attributes.get("moment" + value);
            return "self.moving(" + moving + ", " + function + ", " + a + dialect.mode + ")";
        } else if (outline.grouped(node)) {
            return "by_group(" + function + ", " + a + ", self.groups)";
        }
        return function + "(" + a + ", " + (operation.axes() == Axes.INSTANCE ? "MAP" : "SAMPLE") + ")";
    }
}
