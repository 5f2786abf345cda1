package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Constant.Whole;
import java.util.List;

/** Arithmetic of constants; the size of a batch may not enter it. */
final class ConstantArithmetic {

    private ConstantArithmetic() {}

    static Value add(Operation operation) throws Refusal {
        return compute(operation, Double::sum, Math::addExact);
    }

    static Value subtract(Operation operation) throws Refusal {
        return compute(operation, (a, b) -> a - b, Math::subtractExact);
    }

    static Value multiply(Operation operation) throws Refusal {
        return compute(operation, (a, b) -> a * b, Math::multiplyExact);
    }

    static Value divide(Operation operation) throws Refusal {
        return compute(operation, (a, b) -> a / b, (a, b) -> a / b);
    }

    static Value root(Operation operation) throws Refusal {
        Real of = operation.real(0);
        operation.budget().take(List.of((long) of.values().length));
        float[] roots = new float[of.values().length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = (float) Math.sqrt(of.values()[i]);
        }
        return new Real(of.dims(), roots);
    }

    private interface OfReals {
        double apply(double a, double b);
    }

    private interface OfWholes {
        long apply(long a, long b);
    }

    private static Value compute(Operation operation, OfReals reals, OfWholes wholes) throws Refusal {
        Constant a = operation.fixed(0);
        Constant b = operation.fixed(1);
        List<Long> dims = Moves.together(a.dims(), b.dims().stream().map(Integer::longValue).toList());
        Constant left = Moves.broadcast(a, dims, operation.budget());
        Constant right = Moves.broadcast(b, dims, operation.budget());
        if (left instanceof Real x && right instanceof Real y) {
            float[] values = new float[x.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) reals.apply(x.values()[i], y.values()[i]);
            }
            return new Real(x.dims(), values);
        } else if (left instanceof Whole x && right instanceof Whole y) {
            operation.whole(0);
            operation.whole(1);
            long[] values = new long[x.values().length];
            for (int i = 0; i < values.length; i++) {
                try {
                    values[i] = wholes.apply(x.values()[i], y.values()[i]);
                } catch (ArithmeticException e) {
                    throw new Refusal("constants that overflow or divide by 0");
                }
            }
            return Whole.of(x.dims(), values);
        }
        throw new Refusal("constants of floating point and whole numbers do not go together");
    }
}
