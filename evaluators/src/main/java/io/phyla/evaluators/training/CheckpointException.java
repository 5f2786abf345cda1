package io.phyla.evaluators.training;

/** A checkpoint that cannot be resumed: damaged, or of another training. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CheckpointException(String message) {
        super(message);
    }
}
