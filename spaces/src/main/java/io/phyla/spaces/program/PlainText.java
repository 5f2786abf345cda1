package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import java.util.List;
import java.util.stream.Collectors;

/** On one line: {@code x * sigmoid(v1 * x) / std_whcg(x) * gamma + beta}. */
final class PlainText implements Notation {

    @Override
    public boolean stacks() {
        return false;
    }

    @Override
    public String symbol(String name) {
        return name;
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
        return String.join(" * ", factors);
    }

    @Override
    public String quotient(String above, String below) {
        return above + " / " + below;
    }

    @Override
    public String negation(String term) {
        return "-" + term;
    }

    @Override
    public String power(String base, String exponent) {
        return base + "^" + exponent;
    }

    @Override
    public String call(Operation operation, List<String> arguments) {
        return operation.label() + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String parentheses(String term) {
        return "(" + term + ")";
    }

    @Override
    public String whole(String formula, List<Definition> definitions) {
        return definitions.isEmpty()
                ? formula
                : definitions.stream()
                        .map(each -> each.name() + " = " + each.term())
                        .collect(Collectors.joining(", ", formula + " where ", ""));
    }
}
