package io.phyla.evaluators.worker;

/** What an inspected file is said to be. */
public enum Subject {
    MODEL,
    DATA,
    /** A {@link LayerTask}: nothing a stranger sent, but what its program does to the process is not known either. */
    LAYER
}
