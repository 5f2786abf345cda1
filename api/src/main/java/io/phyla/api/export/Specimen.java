package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.SearchSpace;
import java.util.List;

/**
 * A candidate and where it comes from: everything an exporter may write.
 *
 * @param search the search's id
 * @param document the search document, defaults filled in
 * @param started what its search was started with
 * @param changes what of that is another thing in this program, in sentences
 * @param summary of its search as it stands
 * @param lineage the candidate, its parents, theirs and so on, nearest first
 * @param lineageTruncated whether the lineage goes on beyond what is here
 */
public record Specimen(
        String search,
        JsonNode document,
        SearchSpace space,
        Candidate candidate,
        StartedWith started,
        List<String> changes,
        Summary summary,
        List<Candidate> lineage,
        boolean lineageTruncated) {}
