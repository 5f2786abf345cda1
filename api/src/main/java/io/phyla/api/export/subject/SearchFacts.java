package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.search.FinishJson;
import io.phyla.api.search.FinishTable;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.spaces.SearchSpace;
import io.phyla.storage.query.StoredSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is said of a search wherever something of it is exported; what has to be computed is computed once, if anybody asks. */
public final class SearchFacts {

    private final StoredSearch search;
    private final JsonNode document;
    private final SearchSpace space;
    private final StartedWith started;
    private final List<String> changes;
    private final Supplier<List<Candidate>> findFront;
    private final Supplier<List<Baseline>> findBaselines;
    private final Supplier<List<FinalEvaluation>> findFinals;
    private @Nullable List<Candidate> front;
    private @Nullable List<Baseline> baselines;

    /**
     * @param search as it stood when the export began
     * @param document with defaults filled in
     * @param started what it was started with
     * @param changes what of that is another thing in this program, in sentences
     * @param front its best candidates by number, perhaps not all
     * @param finals what its last phase gave
     */
    public SearchFacts(
            StoredSearch search,
            JsonNode document,
            SearchSpace space,
            StartedWith started,
            List<String> changes,
            Supplier<List<Candidate>> front,
            Supplier<List<Baseline>> baselines,
            Supplier<List<FinalEvaluation>> finals) {
        this.search = search;
        this.document = document;
        this.space = space;
        this.started = started;
        this.changes = List.copyOf(changes);
        this.findFront = front;
        this.findBaselines = baselines;
        this.findFinals = finals;
    }

    /** The same with what was best, with the baselines and the last phase, at the moment that {@link #search} is of. */
    public SearchFacts at(List<Candidate> front, List<Baseline> baselines, List<FinalEvaluation> finals) {
        return new SearchFacts(search, document, space, started, changes, () -> front, () -> baselines, () -> finals);
    }

    public StoredSearch search() {
        return search;
    }

    public String id() {
        return search.header().id();
    }

    public JsonNode document() {
        return document;
    }

    public SearchSpace space() {
        return space;
    }

    public StartedWith started() {
        return started;
    }

    public List<String> changes() {
        return changes;
    }

    public synchronized List<Candidate> front() {
        if (front == null) {
            front = findFront.get();
        }
        return Objects.requireNonNull(front);
    }

    public synchronized List<Baseline> baselines() {
        if (baselines == null) {
            baselines = findBaselines.get();
        }
        return Objects.requireNonNull(baselines);
    }

    /** The last phase by subject; it has no rows where there is none, or none yet. */
    public FinishTable finish() {
        return FinishTable.of(FinishJson.metrics(document), List.of(), findFinals.get());
    }

    /** Metrics of the objectives, in their order. */
    public List<String> objectives() {
        return document.path("objectives").findValuesAsText("metric");
    }

    public List<DataSource> data() {
        List<JsonNode> parameters = new ArrayList<>();
        document.path("evaluators").forEach(parameters::add);
        document.at("/finish/evaluators").forEach(parameters::add);
        return DataSource.in(parameters);
    }

    /** What a file of a search that goes on has to say; empty if it has ended. */
    public String unfinished() {
        return search.state().ended()
                ? ""
                : "The search had not ended when this was written: it was "
                        + search.state().name().toLowerCase(Locale.ROOT) + ", with "
                        + search.summary().proposed() + " candidates proposed.";
    }

    /** {@code phyla-ID}, and for a search that goes on how far it had come. */
    public String fileName() {
        return "phyla-" + id()
                + (search.state().ended()
                        ? ""
                        : "-unfinished-" + search.summary().proposed());
    }

    /** The command that makes the search again out of its document in a file. */
    public String command(String file) {
        return "phyla search " + file + DataSource.arguments(data());
    }
}
