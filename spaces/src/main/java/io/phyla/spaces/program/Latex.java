package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** For LaTeX's mathematics mode, with amsmath; symbols as in the EvoNorm paper. */
final class Latex implements Notation {

    static final Set<String> GREEK = Set.of("alpha", "beta", "gamma", "delta", "epsilon", "lambda", "tau");

    @Override
    public boolean stacks() {
        return true;
    }

    /** v1 gets its digits below, Greek letters are themselves, longer names stand upright. */
    @Override
    public String symbol(String name) {
        if (name.length() == 1) {
            return name;
        } else if (name.matches("[a-z][0-9]+")) {
            return name.charAt(0) + "_{" + name.substring(1) + "}";
        }
        return GREEK.contains(name) ? "\\" + name : "\\mathrm{" + name.replace("_", "\\_") + "}";
    }

    @Override
    public String number(String digits) {
        return digits;
    }

    @Override
    public String sum(List<String> parts, List<Boolean> subtracted) {
        StringBuilder sum = new StringBuilder(parts.getFirst());
        for (int i = 1; i < parts.size(); i++) {
            sum.append(subtracted.get(i) ? " - " : " + ").append(parts.get(i));
        }
        return sum.toString();
    }

    @Override
    public String product(List<String> factors) {
        return String.join(" \\, ", factors);
    }

    @Override
    public String quotient(String above, String below) {
        return "\\frac{" + above + "}{" + below + "}";
    }

    @Override
    public String negation(String term) {
        return "-" + term;
    }

    @Override
    public String power(String base, String exponent) {
        return base + "^{" + exponent + "}";
    }

    @Override
    public String call(Operation operation, List<String> arguments) {
        String inside = String.join(", ", arguments);
        return operation == Operation.ABS
                ? "\\left|" + inside + "\\right|"
                : name(operation) + parentheses(inside);
    }

    /** Logarithm and root keep their argument's sign, so that they are not those that LaTeX draws. */
    private static String name(Operation operation) {
        return switch (operation) {
            case SIGMOID -> "\\sigma";
            case TANH, EXP, MAX -> "\\" + operation.label();
            case ADD, MUL, DIV, NEG, LOG, ABS, SQUARE, SQRT -> "\\operatorname{" + operation.label() + "}";
            case MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> "\\mu_{" + axes(operation) + "}";
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG -> "\\operatorname{rms}_{" + axes(operation) + "}";
            case STD_BWH, STD_WH, STD_WHC, STD_WHCG -> "s_{" + axes(operation) + "}";
        };
    }

    /** What a moment is taken over: {@code w,h,c/g}; empty for none. */
    static String axes(Operation operation) {
        Axes axes = operation.axes();
        return switch (axes) {
            case BATCH -> "b,w,h";
            case INSTANCE -> "w,h";
            case LAYER -> "w,h,c";
            case GROUP -> "w,h,c/g";
            case null -> "";
        };
    }

    @Override
    public String parentheses(String term) {
        return "\\left(" + term + "\\right)";
    }

    @Override
    public String whole(String formula, List<Definition> definitions) {
        return definitions.isEmpty()
                ? formula
                : definitions.stream()
                        .map(each -> each.name() + " = " + each.term())
                        .collect(Collectors.joining(",\\; ", formula + " \\quad\\text{where } ", ""));
    }
}
