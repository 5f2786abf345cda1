package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.ParameterNumbers;
import java.util.List;

/** Sums over a tensor's elements in double, block after block in a fixed order: a block stays in the processor's cache. */
final class ParameterSums {

    private static final int BLOCK = 1024;

    private final double[] a = new double[BLOCK];
    private final double[] b = new double[BLOCK];

    /** A sum over the first so many elements of two blocks. */
    @FunctionalInterface
    interface Block {
        double sum(double[] a, double[] b, int count);
    }

    double of(Parameter parameter, ParameterNumbers x, ParameterNumbers y, Block block) {
        double sum = 0;
        for (int from = 0; from < parameter.size(); from += BLOCK) {
            int count = Math.min(BLOCK, parameter.size() - from);
            x.read(parameter, from, a, count);
            y.read(parameter, from, b, count);
            sum += block.sum(a, b, count);
        }
        return sum;
    }

    double ofProducts(Parameter parameter, ParameterNumbers x, ParameterNumbers y) {
        return of(parameter, x, y, InnerProduct::of);
    }

    double ofSquares(Parameter parameter, ParameterNumbers x) {
        double sum = 0;
        for (int from = 0; from < parameter.size(); from += BLOCK) {
            int count = Math.min(BLOCK, parameter.size() - from);
            x.read(parameter, from, a, count);
            sum += InnerProduct.of(a, a, count);
        }
        return sum;
    }

    /** The weights of convolutions and linear layers, which proxies are summed over: no biases, no normalisation. */
    static List<Parameter> weights(Execution execution) {
        return execution.parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
                .toList();
    }
}
