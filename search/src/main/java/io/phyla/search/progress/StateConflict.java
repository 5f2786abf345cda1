package io.phyla.search.progress;

/** A change of state that is not possible from the state it is in. */
public final class StateConflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StateConflict(String message) {
        super(message);
    }
}
