package io.phyla.search.metric;

import io.phyla.search.candidate.Cause;

/** A design could not be evaluated; the cause is recorded and the search goes on. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Cause cause;

    public EvaluationException(Cause cause) {
        super(cause.detail());
        this.cause = cause;
    }

    public Cause recorded() {
        return cause;
    }
}
