package io.phyla.evaluators.worker;

/** What an inspected file is said to be. */
public enum Subject {
    MODEL,
    DATA
}
