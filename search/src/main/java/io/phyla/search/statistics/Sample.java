package io.phyla.search.statistics;

import java.util.List;

/**
 * Repeated measurements of one thing.
 *
 * @param values at least one
 */
public record Sample(List<Double> values) {

    public Sample {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a sample has at least one value");
        }
    }

    public int size() {
        return values.size();
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).sum() / size();
    }

    /** With n - 1, about the mean; NaN for a single value, which says nothing of spread. */
    public double standardDeviation() {
        double mean = mean();
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return size() < 2 ? Double.NaN : Math.sqrt(squares / (size() - 1));
    }

    /** Of the mean; NaN for a single value. */
    public double standardError() {
        return standardDeviation() / Math.sqrt(size());
    }

    /** Of the difference between the means of two independent samples, whose spreads need not agree (Welch, 1947). */
    public double standardError(Sample other) {
        return Math.hypot(standardError(), other.standardError());
    }
}
