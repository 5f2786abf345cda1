package io.phyla.search.metric;

/** Whether more or less of a metric is better. */
public enum Direction {
    MAXIMIZE,
    MINIMIZE;

    /** The value turned so that more is better. */
    public double gain(double value) {
        return this == MAXIMIZE ? value : -value;
    }
}
