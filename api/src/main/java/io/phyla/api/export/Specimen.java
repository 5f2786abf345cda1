package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.port.Artifacts.Artifact;
import io.phyla.spaces.SearchSpace;
import java.util.List;
import java.util.Set;

/**
 * A candidate and where it comes from: everything an exporter may write.
 *
 * @param search the search's id
 * @param document the search document, defaults filled in
 * @param metrics everything its search measures
 * @param artifacts registered files that the document's evaluators name
 * @param lineage the candidate, its parents, theirs and so on, nearest first
 * @param lineageTruncated whether the lineage goes on beyond what is here
 * @param version of this program
 */
public record Specimen(
        String search,
        JsonNode document,
        SearchSpace space,
        Candidate candidate,
        Set<String> metrics,
        List<Artifact> artifacts,
        List<Candidate> lineage,
        boolean lineageTruncated,
        String version) {}
