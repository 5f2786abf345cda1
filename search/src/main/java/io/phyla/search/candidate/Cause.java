package io.phyla.search.candidate;

/**
 * Why a candidate has no measurements.
 *
 * @param kind what happened, for machines
 * @param detail what was wrong and where, for people
 */
public record Cause(Kind kind, String detail) {

    /** The ways an evaluation ends without a result. */
    public enum Kind {
        /** A constraint on a cheap metric could not be met by repair. */
        INFEASIBLE,
        /** So many proposals for one number fell to the screen that no further one was drawn. */
        SCREENED,
        /** The evaluator refused or failed. */
        EVALUATION_FAILED,
        /** An objective came out NaN or infinite. */
        NON_FINITE,
        /** It had learned too little after its first steps to be trained on. */
        LOW_QUALITY,
        /** Its gradients grew without bound when its weights were pushed where they are largest. */
        UNSTABLE,
        /** The memory bound would be exceeded. */
        TOO_LARGE,
        /** The time bound was exceeded. */
        TIMED_OUT,
        /** The worker process died, each time it was tried. */
        WORKER_DIED
    }
}
