package io.phyla.api.search;

import io.phyla.api.contract.Parameters;
import io.phyla.api.problem.ProblemException;
import io.phyla.search.run.Searches;
import io.phyla.spaces.SearchSpace;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.Origins;
import io.phyla.storage.query.SearchQueries;
import io.phyla.storage.query.StoredCandidate;
import io.phyla.storage.query.StoredSearch;
import org.jspecify.annotations.Nullable;

/** Where endpoints find searches and candidates. */
public record Store(
        Searches searches, SearchQueries queries, CandidateQueries candidates, Origins origins, KnownSpaces spaces) {

    /** The search that the path names. */
    public StoredSearch search(Parameters parameters) {
        String id = parameters.text("id");
        return queries.find(id).orElseThrow(() -> ProblemException.notFound("search '" + id + "'"));
    }

    /** The candidate that the path names. */
    public StoredCandidate candidate(Parameters parameters) {
        long number = parameters.number("number");
        String id = parameters.text("id");
        return candidates
                .find(id, number)
                .orElseThrow(() -> ProblemException.notFound("candidate " + number + " in search '" + id + "'"));
    }

    public SearchSpace space(StoredSearch search) {
        return spaces.of(SearchJson.document(search));
    }

    public static int limit(Parameters parameters) {
        return (int) parameters.number("limit");
    }

    public static @Nullable String cursor(Parameters parameters) {
        return parameters.optionalText("cursor").orElse(null);
    }
}
