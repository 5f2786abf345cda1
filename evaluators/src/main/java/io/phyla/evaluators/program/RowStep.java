package io.phyla.evaluators.program;

/** Work on rows between two passes. Nothing is allocated once it is made. */
interface RowStep {

    /** Before the first sample of a phase. */
    default void begin() {}

    void sample(int sample);

    /** After the last sample of a phase. */
    default void end() {}
}
