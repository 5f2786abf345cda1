package io.phyla.evaluators.engine;

/** Room for the gradients of several backward runs side by side; freed with the execution it belongs to. */
public interface GradientRows {

    /** Copies the gradients of the last backward run into a row. */
    void keep(int row);

    /** What was kept in a row. */
    ParameterNumbers row(int row);
}
