package io.phyla.api.export.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.search.SearchJson;
import io.phyla.api.search.Store;
import io.phyla.api.training.TrainingStore;
import io.phyla.api.upload.UploadStore;
import io.phyla.search.candidate.Candidate;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.StoredCandidate;
import io.phyla.storage.query.StoredSearch;
import io.phyla.storage.training.StoredTraining;
import io.phyla.storage.upload.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what is exported. */
public final class Subjects {

    /** Of a front that facts hold. */
    public static final int MOST_MEMBERS = 500;

    private static final int MOST_GENERATIONS = 10_000;
    private static final int MOST_ANCESTORS = 1_000;

    private final Store store;
    private final TrainingStore trainings;
    private final UploadStore uploads;
    private final StartedWith now;
    private final Function<LayerProgram, List<JsonNode>> costs;

    /**
     * @param now what a search would be started with
     * @param costs what was measured here of a layer
     */
    public Subjects(
            Store store,
            TrainingStore trainings,
            UploadStore uploads,
            StartedWith now,
            Function<LayerProgram, List<JsonNode>> costs) {
        this.store = store;
        this.trainings = trainings;
        this.uploads = uploads;
        this.now = now;
        this.costs = costs;
    }

    public SearchFacts facts(StoredSearch search) {
        String id = search.header().id();
        StartedWith started = store.origins().find(id).map(StartedWith::parse).orElse(now);
        JsonNode document = SearchJson.document(search);
        return new SearchFacts(
                search,
                document,
                store.space(search),
                started,
                started.changes(now),
                () -> store.candidates().front(id, null, MOST_MEMBERS).items().stream()
                        .map(StoredCandidate::candidate)
                        .toList(),
                () -> Baseline.of(
                        store.candidates(),
                        id,
                        document.at("/objectives/0/metric").asText()),
                () -> store.queries().finals(id));
    }

    public CandidateSubject candidate(SearchFacts facts, Candidate candidate) {
        CandidateQueries.Ancestors ancestors =
                store.candidates().ancestors(facts.id(), candidate.number(), MOST_GENERATIONS, MOST_ANCESTORS);
        List<Candidate> lineage = new ArrayList<>(List.of(candidate));
        ancestors.items().forEach(each -> lineage.add(each.candidate()));
        Specimen specimen = new Specimen(facts, candidate, lineage, ancestors.truncated());
        CandidateSubject subject = new CandidateSubject(specimen);
        return subject.program()
                .map(program -> new CandidateSubject(specimen, costs.apply(program)))
                .orElse(subject);
    }

    /**
     * A candidate with trained weights.
     *
     * @throws ProblemException if there is no such training, or it has not finished, or it trained another network
     */
    public CandidateSubject trained(CandidateSubject candidate, String training) {
        StoredTraining found = trainings
                .queries()
                .find(training)
                .orElseThrow(() -> ProblemException.parameter("training", "there is no training '" + training + "'"));
        WeightSource.Trained weights = weights(found);
        if (weights == null) {
            throw ProblemException.parameter(
                    "training",
                    "training " + training + " has no weights before it has finished; it is "
                            + found.standing().state().name().toLowerCase(Locale.ROOT));
        }
        try {
            return candidate.with(weights, network(found));
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter("training", String.valueOf(e.getMessage()));
        }
    }

    public TrainingSubject training(StoredTraining training) {
        return new TrainingSubject(training, network(training), weights(training), trainings.artifacts(), now.phyla());
    }

    /** @throws ProblemException if its files have gone with it meanwhile */
    public ModelSubject model(Upload upload) {
        JsonNode description = UploadStore.description(upload);
        String sha256 = description.path("weights").asText();
        WeightSource.Uploaded weights = new WeightSource.Uploaded(upload.id(), sha256, uploads.file(sha256));
        Path file = uploads.file(description.path("network").asText());
        try {
            Network network = NetworkJson.read(Json.MAPPER.readTree(file.toFile()));
            return new ModelSubject(upload, description, network, weights, now.phyla());
        } catch (IOException e) {
            throw new UncheckedIOException("the network of model " + upload.id() + " cannot be read", e);
        }
    }

    private WeightSource.@Nullable Trained weights(StoredTraining training) {
        String sha256 = training.standing().weights();
        if (sha256 == null) {
            return null;
        }
        Path file = trainings
                .artifacts()
                .open(sha256)
                .orElseThrow(() -> new IllegalStateException("the weights of training " + training.id() + " are gone"));
        return new WeightSource.Trained(training.id(), sha256, file);
    }

    private Network network(StoredTraining training) {
        String text = trainings
                .queries()
                .network(training.id())
                .orElseThrow(() -> ProblemException.notFound("training '" + training.id() + "'"));
        try {
            return NetworkJson.read(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the network of training " + training.id() + " cannot be read", e);
        }
    }
}
