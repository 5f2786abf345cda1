package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** All learned tensors, their gradients in another vector of the same order, and the moving statistics. */
final class ParameterVector {

    private final TensorVector values;
    private final TensorVector gradients;
    private final TensorVector statistics;
    private final long[] exponents;

    /** @param natives frees the vectors in the end */
    ParameterVector(List<Parameter> parameters, List<Parameter> statistics, Natives natives) {
        this.values = new TensorVector(parameters, natives);
        this.gradients = new TensorVector(parameters, natives);
        this.statistics = new TensorVector(statistics, natives);
        this.exponents = new long[parameters.size()];
        for (Parameter statistic : statistics) {
            MemorySegment memory = this.statistics.segment(statistic);
            for (int i = 0; i < statistic.size(); i++) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) statistic.initial());
            }
        }
    }

    /** Bytes of all vectors together. */
    static long bytes(List<Parameter> parameters, List<Parameter> statistics) {
        return 2 * TensorVector.bytes(parameters) + TensorVector.bytes(statistics);
    }

    TensorVector values() {
        return values;
    }

    TensorVector gradients() {
        return gradients;
    }

    TensorVector statistics() {
        return statistics;
    }

    /** The vector in which a tensor's values lie. */
    TensorVector holding(Parameter tensor) {
        return tensor.learned() ? values : statistics;
    }

    /** The power of two that a gradient stands for in FLOW. */
    long exponent(Parameter parameter) {
        return exponents[parameter.index()];
    }

    void exponent(Parameter parameter, long power) {
        exponents[parameter.index()] = power;
    }

    /** Value times gradient, summed in double in a fixed order, four partial sums wide. */
    double saliency(Parameter parameter) {
        MemorySegment value = values.segment(parameter);
        MemorySegment gradient = gradients.segment(parameter);
        double[] sums = new double[4];
        for (int i = 0; i < parameter.size(); i++) {
            sums[i & 3] += (double) value.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                    * gradient.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }
}
