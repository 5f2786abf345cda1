package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import java.util.List;
import java.util.Map;

/** Presentation MathML, which browsers draw without a library. */
final class MathMl implements Notation {

    private static final Map<String, String> GREEK =
            Map.of("alpha", "α", "beta", "β", "gamma", "γ", "delta", "δ", "epsilon", "ε", "lambda", "λ", "tau", "τ");

    private static final String APPLY = "<mo>\u2061</mo>";
    private static final String TIMES = "<mo>\u2062</mo>";

    /** Other spaces at either end of a text are not drawn. */
    private static final String SPACE = "\u00a0";

    @Override
    public boolean stacks() {
        return true;
    }

    /** v1 gets its digits below, Greek letters are themselves, longer names stand upright as identifiers do. */
    @Override
    public String symbol(String name) {
        return name.matches("[a-z][0-9]+")
                ? "<msub><mi>" + name.charAt(0) + "</mi><mn>" + name.substring(1) + "</mn></msub>"
                : "<mi>" + GREEK.getOrDefault(name, name) + "</mi>";
    }

    @Override
    public String number(String digits) {
        return "<mn>" + digits + "</mn>";
    }

    @Override
    public String sum(List<String> parts, List<Boolean> subtracted) {
        StringBuilder sum = new StringBuilder(parts.getFirst());
        for (int i = 1; i < parts.size(); i++) {
            sum.append(subtracted.get(i) ? "<mo>−</mo>" : "<mo>+</mo>").append(parts.get(i));
        }
        return row(sum.toString());
    }

    @Override
    public String product(List<String> factors) {
        return row(String.join(TIMES, factors));
    }

    @Override
    public String quotient(String above, String below) {
        return "<mfrac>" + above + below + "</mfrac>";
    }

    @Override
    public String negation(String term) {
        return row("<mo>−</mo>" + term);
    }

    @Override
    public String power(String base, String exponent) {
        return "<msup>" + base + exponent + "</msup>";
    }

    @Override
    public String call(Operation operation, List<String> arguments) {
        String inside = String.join("<mo>,</mo>", arguments);
        return operation == Operation.ABS
                ? row("<mo>|</mo>" + inside + "<mo>|</mo>")
                : row(name(operation) + APPLY + parentheses(inside));
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case SIGMOID -> "<mi>σ</mi>";
            case ADD, MUL, DIV, MAX, NEG, TANH, EXP, LOG, ABS, SQUARE, SQRT -> "<mi>" + operation.label() + "</mi>";
            case MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> moment("μ", operation);
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG -> moment("rms", operation);
            case STD_BWH, STD_WH, STD_WHC, STD_WHCG -> moment("s", operation);
        };
    }

    private static String moment(String name, Operation operation) {
        return "<msub><mi>" + name + "</mi><mtext>" + Latex.axes(operation) + "</mtext></msub>";
    }

    @Override
    public String parentheses(String term) {
        return row("<mo>(</mo>" + term + "<mo>)</mo>");
    }

    private static String row(String content) {
        return "<mrow>" + content + "</mrow>";
    }

    @Override
    public String whole(String formula, List<Definition> definitions) {
        StringBuilder all = new StringBuilder("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">")
                .append(formula);
        for (int i = 0; i < definitions.size(); i++) {
            Definition it = definitions.get(i);
            all.append("<mtext>")
                    .append(i == 0 ? SPACE + "where" + SPACE : "," + SPACE)
                    .append("</mtext>");
            all.append(row(it.name() + "<mo>=</mo>" + it.term()));
        }
        return all.append("</math>").toString();
    }
}
