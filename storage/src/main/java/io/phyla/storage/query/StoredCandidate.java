package io.phyla.storage.query;

import io.phyla.search.candidate.Candidate;

/** A candidate and whether it is on the Pareto front now. */
public record StoredCandidate(Candidate candidate, boolean onFront) {}
