package io.phyla.api.export.subject;

import io.phyla.search.candidate.Candidate;
import java.util.List;

/**
 * A candidate and where it comes from.
 *
 * @param facts about its search
 * @param lineage the candidate, its parents, theirs and so on, nearest first
 * @param lineageTruncated whether the lineage goes on beyond what is here
 */
public record Specimen(SearchFacts facts, Candidate candidate, List<Candidate> lineage, boolean lineageTruncated) {}
