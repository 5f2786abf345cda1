package io.phyla.search.candidate;

/** What became of a proposal. All states are final; a proposal not yet journaled has none. */
public enum CandidateState {
    /** It has measurements. */
    MEASURED,
    /** Its evaluation ended without a usable result. */
    FAILED,
    /** It met no constraint, or no screen let it through, and was never evaluated. */
    REJECTED,
    /** An earlier candidate of the search has the same key; that one's result counts for it. */
    DUPLICATE
}
