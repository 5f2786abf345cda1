package io.phyla.search.training;

/** Where a training stands. */
public enum TrainingState {
    /** No worker has taken it yet, or the one that had it died or was given to others. */
    WAITING,
    /** A worker trains. */
    RUNNING,
    /** It holds no worker until somebody lets it go on. */
    PAUSED,
    /** The network is trained. */
    FINISHED,
    /** Somebody ended it. */
    CANCELLED,
    /** It could not go on. */
    FAILED;

    public boolean ended() {
        return this == FINISHED || this == CANCELLED || this == FAILED;
    }
}
