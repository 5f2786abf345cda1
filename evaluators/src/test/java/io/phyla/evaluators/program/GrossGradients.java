package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;

/**
 * The largest of what the terms of each gradient add up to if none cancels another: a gradient's rounding errors are as large as a
 * few units in the last place of this, however small the gradient itself is. Reads the values of a reference's last run.
 */
record GrossGradients(ReferenceProgram reference, LayerProgram program, int batch, Shape shape) {

    /** For the input and each vector. */
    double[] of(double[] dy, double[] scale) {
        int pixels = shape.height() * shape.width();
        int channels = shape.channels();
        double[][] gross = new double[program.values()][dy.length];
        for (int i = 0; i < dy.length; i++) {
            gross[program.output()][i] = Math.abs(dy[i] * scale[i / pixels % channels]);
        }
        boolean[] live = program.live();
        for (int value = program.values() - 1; value >= program.firstNode(); value--) {
            if (live[value]) {
                spread(value, gross);
            }
        }
        double[] largest = new double[program.firstNode() - 1];
        largest[0] = Arrays.stream(gross[0]).max().orElse(0);
        for (int vector = 0; vector + 1 < largest.length; vector++) {
            double[] sums = new double[channels];
            for (int i = 0; i < dy.length; i++) {
                sums[i / pixels % channels] += gross[LayerProgram.FIRST_VECTOR + vector][i];
            }
            largest[vector + 1] = Arrays.stream(sums).max().orElse(0);
        }
        return largest;
    }

    private double[] value(int number) {
        double[] value = reference.value(number);
        return value == null ? new double[Math.toIntExact(batch * shape.elements())] : value;
    }

    private void spread(int number, double[][] gross) {
        Operation operation = program.node(number).operation();
        int first = program.node(number).inputs().getFirst();
        int second = program.node(number).inputs().getLast();
        double[] a = value(first);
        double[] b = value(second);
        double[] y = value(number);
        double epsilon = program.epsilon();
        if (operation.axes() != null) {
            // An upper bound: the mean of all is the largest of all at most.
            double most = Arrays.stream(gross[number]).max().orElse(0);
            double largest = Arrays.stream(a).map(Math::abs).max().orElse(0);
            for (int i = 0; i < a.length; i++) {
                gross[first][i] += operation.moment() == Moment.MEAN ? most : most * 2 * largest / y[i];
            }
            return;
        }
        for (int i = 0; i < a.length; i++) {
            double g = gross[number][i];
            gross[first][i] += g * Math.abs(ElementwiseMath.slope(operation, a[i], b[i], y[i], epsilon));
            if (operation.arity() == 2) {
                gross[second][i] += g * Math.abs(ElementwiseMath.secondSlope(operation, a[i], b[i], epsilon));
            }
        }
    }
}
