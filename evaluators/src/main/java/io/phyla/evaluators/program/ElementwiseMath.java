package io.phyla.evaluators.program;

import io.phyla.spaces.design.Operation;

/** Element-wise operations and their slopes in double, the same to the bit on every machine. */
final class ElementwiseMath {

    private ElementwiseMath() {}

    /** @param b ignored by operations that take one input */
    static double value(Operation operation, double a, double b, double epsilon) {
        return switch (operation) {
            case ADD -> a + b;
            case MUL -> a * b;
            case DIV -> a / divisor(b, epsilon);
            case MAX -> Math.max(a, b);
            case NEG -> -a;
            case SIGMOID -> sigmoid(a);
            case TANH -> StrictMath.tanh(a);
            case EXP -> StrictMath.exp(a);
            case LOG -> Math.signum(a) * StrictMath.log(Math.abs(a) + epsilon);
            case ABS -> Math.abs(a);
            case SQUARE -> a * a;
            case SQRT -> Math.signum(a) * Math.sqrt(Math.abs(a) + epsilon);
            default -> throw new IllegalArgumentException(operation.label() + " is no element-wise operation");
        };
    }

    /** With respect to a, where the result was y. */
    static double slope(Operation operation, double a, double b, double y, double epsilon) {
        return switch (operation) {
            case ADD -> 1;
            case MUL -> b;
            case DIV -> 1 / divisor(b, epsilon);
            case MAX -> a >= b ? 1 : 0;
            case NEG -> -1;
            case SIGMOID -> sigmoid(a) * sigmoid(-a);
            case TANH -> {
                double e = StrictMath.exp(-2 * Math.abs(a));
                yield 4 * e / ((1 + e) * (1 + e));
            }
            case EXP -> y;
            case LOG -> 1 / (Math.abs(a) + epsilon);
            case ABS -> Math.signum(a);
            case SQUARE -> 2 * a;
            case SQRT -> 1 / (2 * Math.sqrt(Math.abs(a) + epsilon));
            default -> throw new IllegalArgumentException(operation.label() + " is no element-wise operation");
        };
    }

    /** With respect to b, of operations that take two inputs. */
    static double secondSlope(Operation operation, double a, double b, double epsilon) {
        return switch (operation) {
            case ADD -> 1;
            case MUL -> a;
            case DIV -> {
                double divisor = divisor(b, epsilon);
                yield Math.abs(b) > epsilon ? -a / divisor / divisor : 0;
            }
            case MAX -> a >= b ? 0 : 1;
            default -> throw new IllegalArgumentException(operation.label() + " takes one input");
        };
    }

    private static double divisor(double b, double epsilon) {
        double size = Math.max(Math.abs(b), epsilon);
        return b < 0 ? -size : size;
    }

    private static double sigmoid(double a) {
        double e = StrictMath.exp(-Math.abs(a));
        return a >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
