package io.phyla.search.metric;

/** Whether more or less of a metric is better. */
public enum Direction {
    MAXIMIZE,
    MINIMIZE;

    /** The value turned so that more is better; never -0.0, which comparisons of doubles disagree about. */
    public double gain(double value) {
        return (this == MAXIMIZE ? value : -value) + 0.0;
    }
}
