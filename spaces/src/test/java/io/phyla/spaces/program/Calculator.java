package io.phyla.spaces.program;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Computes what {@link Formula#text} says, by the rules of precedence that a reader goes by. */
final class Calculator {

    private static final double EPSILON = 1e-5;

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.of(
            "sigmoid", a -> 1 / (1 + Math.exp(-a)),
            "tanh", Math::tanh,
            "exp", Math::exp,
            "abs", Math::abs,
            "log", a -> Math.signum(a) * Math.log(Math.abs(a) + EPSILON),
            "sqrt", a -> Math.signum(a) * Math.sqrt(Math.abs(a) + EPSILON));

    private final Map<String, Double> names;
    private String rest;

    private Calculator(String text, Map<String, Double> names) {
        this.rest = text;
        this.names = names;
    }

    static double value(String formula, Map<String, Double> given) {
        Map<String, Double> names = new HashMap<>(given);
        String[] parts = formula.split(" where ");
        if (parts.length > 1) {
            for (String definition : parts[1].split(", (?=[a-z][0-9]* = )")) {
                String[] sides = definition.split(" = ");
                names.put(sides[0], new Calculator(sides[1], names).all());
            }
        }
        return new Calculator(parts[0], names).all();
    }

    private double all() {
        double value = sum();
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("what is '" + rest + "'?");
        }
        return value;
    }

    private double sum() {
        double value = eats("-") ? -product() : product();
        while (true) {
            if (eats(" + ")) {
                value += product();
            } else if (eats(" - ")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = power();
        while (true) {
            if (eats(" * ")) {
                value *= power();
            } else if (eats(" / ")) {
                value /= power();
            } else {
                return value;
            }
        }
    }

    private double power() {
        double value = atom();
        return eats("^") ? Math.pow(value, Double.parseDouble(word())) : value;
    }

    private double atom() {
        if (eats("(")) {
            return closed(sum());
        }
        String word = word();
        if (eats("(")) {
            double value = sum();
            while (word.equals("max") && eats(", ")) {
                value = Math.max(value, sum());
            }
            return closed(word.equals("max") ? value : FUNCTIONS.get(word).applyAsDouble(value));
        }
        return Character.isDigit(word.charAt(0)) ? Double.parseDouble(word) : names.get(word);
    }

    private double closed(double value) {
        if (!eats(")")) {
            throw new IllegalArgumentException("no ) before '" + rest + "'");
        }
        return value;
    }

    private String word() {
        int length = 0;
        while (length < rest.length() && (Character.isLetterOrDigit(rest.charAt(length)) || rest.charAt(length) == '_')) {
            length++;
        }
        String word = rest.substring(0, length);
        rest = rest.substring(length);
        return word;
    }

    private boolean eats(String sign) {
        boolean there = rest.startsWith(sign);
        rest = there ? rest.substring(sign.length()) : rest;
        return there;
    }
}
