package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Products of a tensor with a matrix: linear layers, or the same at every position. */
final class MatrixOperators {

    private MatrixOperators() {}

    static Value gemm(Operation operation) throws Refusal {
        Attributes attributes = operation.attributes();
        attributes.only("transA", 0);
        Signal signal = operation.signal(0);
        if (signal.view().dims().size() != 1) {
            throw new Refusal("its first input must have 2 dimensions, not " + (signal.view().dims().size() + 1));
        }
        Matrix matrix = Matrix.of(operation, attributes.integer("transB", 0) != 0)
                .times(attributes.real("alpha", 1));
        double beta = attributes.real("beta", 1);
        float[] bias = operation.given(2) ? bias(operation, matrix.outputs(), beta) : null;
        return linear(operation, signal, matrix, bias);
    }

    private static float[] bias(Operation operation, int outputs, double beta) throws Refusal {
        Real given = operation.real(2);
        List<Integer> dims = given.dims();
        boolean row = dims.size() <= 2
                && (dims.size() < 2 || dims.getFirst() == 1)
                && (given.values().length == outputs || given.values().length == 1);
        if (!row) {
            throw new Refusal(operation.named(2) + " must have one number for each of " + outputs
                    + " outputs, not the dimensions " + dims);
        }
        float[] bias = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (given.values()[given.values().length == 1 ? 0 : i] * beta);
        }
        return operation.finite(2, bias);
    }

    static Value multiply(Operation operation) throws Refusal {
        if (operation.constant(0)) {
            throw new Refusal("there is no layer for a constant times a computed tensor; the other way round can be read");
        }
        Signal signal = operation.signal(0);
        if (!operation.constant(1)) {
            return MatrixProducts.multiply(operation, signal, operation.signal(1));
        }
        Matrix matrix = Matrix.of(operation, false);
        return signal.view().dims().size() == 1
                ? linear(operation, signal, matrix, null)
                : everywhere(operation, signal, matrix);
    }

    private static Value linear(Operation operation, Signal signal, Matrix matrix, float @Nullable [] bias)
            throws Refusal {
        expect(operation, signal, matrix);
        int from = operation.settling().layer(signal);
        Shape shape = operation.assembly().shape(from);
        float[] weights = matrix.values();
        if (signal.view().ordered(shape)) {
            from = operation.settling().map(signal);
        } else {
            weights = matrix.rearranged(signal.view().places(shape));
        }
        Layer layer = new Layer.Linear(matrix.outputs(), bias != null);
        int added = operation.layer(layer, Operation.tensors(Role.WEIGHT, weights, Role.BIAS, bias), from);
        return operation.signal(added, View.flat(operation.assembly().shape(added)));
    }

    /** At each position by itself: a convolution with a kernel of 1. */
    private static Value everywhere(Operation operation, Signal signal, Matrix matrix) throws Refusal {
        expect(operation, signal, matrix);
        int from = operation.settling().layer(signal);
        Shape shape = operation.assembly().shape(from);
        int last = signal.view().dims().size() - 1;
        if (!signal.view().dims().get(last).equals(View.channels(shape))) {
            throw new Refusal("there is no layer for a product with " + shape + " seen as " + signal.view());
        }
        Layer layer = new Layer.Convolution(
                matrix.outputs(), Extent.ONE, Extent.ONE, Extent.ZERO, Extent.ONE, 1, false);
        int added = operation.layer(layer, Map.of(Role.WEIGHT, matrix.values()), from);
        return operation.signal(
                added, signal.view().with(last, View.channels(operation.assembly().shape(added))));
    }

    private static void expect(Operation operation, Signal signal, Matrix matrix) throws Refusal {
        long features = signal.view().size(signal.view().dims().size() - 1);
        if (features != matrix.inputs()) {
            throw new Refusal(operation.named(1) + " is for " + matrix.inputs() + " features, not " + features);
        }
    }

    /** Weights O,I. */
    private record Matrix(int outputs, int inputs, float[] values) {

        static Matrix of(Operation operation, boolean transposed) throws Refusal {
            Real given = operation.real(1);
            if (given.dims().size() != 2 || given.values().length == 0) {
                throw new Refusal(operation.named(1) + " must be a matrix and has the dimensions " + given.dims());
            }
            float[] values = operation.finite(1, given.values());
            int rows = given.dims().getFirst();
            int columns = given.dims().getLast();
            if (transposed) {
                return new Matrix(rows, columns, values);
            }
            float[] turned = new float[values.length];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = values[i % rows * columns + i / rows];
            }
            return new Matrix(columns, rows, turned);
        }

        Matrix times(double factor) {
            if (factor == 1) {
                return this;
            }
            float[] scaled = new float[values.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (float) (values[i] * factor);
            }
            return new Matrix(outputs, inputs, scaled);
        }

        /** For inputs in another order: {@code places} says where each of ours stands in it. */
        float[] rearranged(int[] places) {
            float[] moved = new float[values.length];
            Arrays.fill(moved, Float.NaN);
            for (int i = 0; i < moved.length; i++) {
                moved[i / inputs * inputs + places[i % inputs]] = values[i];
            }
            return moved;
        }
    }
}
