package io.phyla.evaluators.bench;

/**
 * What one subject costs.
 *
 * @param forward milliseconds of CPU time of a forward run, median
 * @param whole the same of forward and backward run, or of a training step
 * @param gigaflop floating-point operations of the whole in units of 10^9, counted as in a textbook: two for each
 *     multiply-accumulate, and the backward run twice the forward run; 0 for layers that do not multiply matrices
 */
public record Figure(String name, double forward, double whole, double gigaflop) {

    /** Operations per second in units of 10^9. */
    public double rate() {
        return gigaflop / whole * 1000;
    }
}
