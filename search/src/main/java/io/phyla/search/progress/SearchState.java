package io.phyla.search.progress;

/** Where a search stands. */
public enum SearchState {
    /** It proposes and waits for results. */
    RUNNING,
    /** It proposes nothing; evaluations under way finish and count. */
    PAUSED,
    /** It proposes nothing more; the best are evaluated again. */
    FINISHING,
    /** It ended by its budget or because its space is exhausted. */
    FINISHED,
    /** Somebody ended it. */
    CANCELLED,
    /** It could not go on. */
    FAILED;

    public boolean ended() {
        return this == FINISHED || this == CANCELLED || this == FAILED;
    }
}
