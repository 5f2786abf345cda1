package io.phyla.evaluators.engine;

/** One number per element of a network's parameters, read block by block: large tensors need no copy on the heap. */
@FunctionalInterface
public interface ParameterNumbers {

    /** Copies {@code count} elements of a parameter, in its own order, from one of them on. */
    void read(Parameter parameter, int from, double[] target, int count);
}
