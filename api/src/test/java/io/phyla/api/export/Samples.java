package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.subject.CandidateSubject;
import io.phyla.api.export.subject.ModelSubject;
import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.Specimen;
import io.phyla.api.export.subject.StartedWith;
import io.phyla.api.export.subject.TrainingSubject;
import io.phyla.api.export.subject.WeightSource;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.Parameters;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.port.Journal;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingJournal;
import io.phyla.search.training.TrainingState;
import io.phyla.spaces.Genome;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.StoredSearch;
import io.phyla.storage.training.StoredTraining;
import io.phyla.storage.upload.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Subjects of every kind and state. */
final class Samples {

    private Samples() {}

    static SearchSetup setup() throws IOException {
        return setup("{\"name\": \"nb201\", \"parameters\": {\"channels\": 4, \"cells\": 1, \"classes\": 10}}");
    }

    private static SearchSetup setup(String space) throws IOException {
        String document = """
            {"name": "ex|ported <b>*", "space": %s,
             "objectives": [{"metric": "noop"}], "strategy": {"name": "random"}, "budget": {"evaluations": 100}}
            """.formatted(space);
        return switch (DocumentReader.read(Json.MAPPER.readTree(document), new NoArtifacts())) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    static SearchFacts facts(SearchSetup setup, JsonNode document, SearchState state, List<Candidate> front) {
        StoredSearch stored = new StoredSearch(
                new Journal.Header("0123456789abcdef", setup.document().name(), document.toString(), 0),
                state,
                state.ended() ? "evaluations" : null,
                new Summary(2, 1, 0, 1, 3, 0.5, 1, 0L, 1 / 3d, Tolls.NONE),
                4,
                0,
                new StoredSearch.Finish(0, 0, 0, 0));
        return new SearchFacts(
                stored,
                document,
                setup.space(),
                StartedWith.now("1.2.3"),
                List.of("evaluator noop had version 1 and has version 2"),
                () -> front,
                List::of,
                List::of);
    }

    /** Candidates of every state, with and without parents, of searches that have ended and that have not. */
    static List<Specimen> specimens() throws IOException {
        SearchSetup setup = setup();
        SplittableRandom random = new SplittableRandom(1);
        List<Specimen> specimens = new ArrayList<>();
        List<Candidate> lineage = new ArrayList<>();
        for (CandidateState state : CandidateState.values()) {
            Candidate candidate = candidate(setup, state, lineage, random);
            lineage.addFirst(candidate);
            ObjectNode document = Json.MAPPER.valueToTree(setup.document());
            SearchState of = state == CandidateState.FAILED ? SearchState.PAUSED : SearchState.FINISHED;
            specimens.add(new Specimen(
                    facts(setup, document, of, List.copyOf(lineage)),
                    candidate,
                    List.copyOf(lineage),
                    state == CandidateState.FAILED));
        }
        return specimens;
    }

    private static Candidate candidate(
            SearchSetup setup, CandidateState state, List<Candidate> before, SplittableRandom random) {
        Genome genome = setup.space().sample(random);
        Origin origin = before.isEmpty()
                ? new Origin("random", List.of(), List.of())
                : new Origin("mutation", List.of(before.getFirst().number()), List.of(new Origin.Change(0, 1, 2)));
        boolean measured = state == CandidateState.MEASURED;
        return new Candidate(
                before.size(),
                setup.space().key(genome),
                genome,
                origin,
                state,
                measured ? Map.of("noop", 1 / 3d, "params", 1234.0) : Map.of(),
                measured ? null : new Cause(Cause.Kind.TIMED_OUT, "1000 ms, <b>\"\u00e9\""),
                state == CandidateState.DUPLICATE ? 0L : null,
                0.5,
                Map.of("structure", 3),
                new Candidate.Work(1, "worker-1", 12, 1_700_000_000_000L));
    }

    /** Every kind of subject. */
    static List<Subject> subjects(Path directory) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (Specimen specimen : specimens()) {
            subjects.add(new CandidateSubject(specimen));
        }
        CandidateSubject first = new CandidateSubject(specimens().getFirst());
        Path file = directory.resolve("weights.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(Weights.initial(first.network(), 99), out);
        }
        WeightSource.Trained trained = new WeightSource.Trained("abc", "0123456789abcdef".repeat(4), file);
        subjects.add(first.with(trained, first.network()));
        subjects.add(new TrainingSubject(
                training(TrainingState.FINISHED), first.network(), trained, new NoArtifacts(), "1.2.3"));
        subjects.add(
                new TrainingSubject(training(TrainingState.PAUSED), first.network(), null, new NoArtifacts(), "1.2.3"));
        subjects.add(model(first, file));
        subjects.add(layer());
        return subjects;
    }

    /** A candidate that is a layer, with a cost that was measured. */
    private static CandidateSubject layer() throws IOException {
        SearchSetup setup = setup("{\"name\": \"evonorm\"}");
        Genome genome = setup.space().known().get("evonorm_b0");
        Candidate candidate = new Candidate(
                40,
                setup.space().key(genome),
                genome,
                new Origin("known", List.of(), List.of()),
                CandidateState.MEASURED,
                Map.of("noop", 0.5, "worst_gradient", 12.5),
                null,
                null,
                0.5,
                Map.of(),
                new Candidate.Work(1, "worker-1", 12, 1_700_000_000_000L));
        ObjectNode document = Json.MAPPER.valueToTree(setup.document());
        Specimen specimen = new Specimen(
                facts(setup, document, SearchState.FINISHED, List.of(candidate)),
                candidate,
                List.of(candidate),
                false);
        return new CandidateSubject(specimen, List.of(Json.MAPPER.createObjectNode().put("batch", 64)));
    }

    private static ModelSubject model(CandidateSubject like, Path weights) {
        ObjectNode description = Json.MAPPER.createObjectNode();
        description.put("format", "onnx").put("opset", 17).put("producer", "a | producer <b>");
        description.putArray("notes").add("node 'x': *left out*");
        String id = "fedcba9876543210".repeat(4);
        Upload upload = new Upload(
                Upload.Kind.MODEL, id, "a | model", 1234, 1_700_000_000_000L, description.toString(), Set.of());
        WeightSource.Uploaded source = new WeightSource.Uploaded(id, "0123456789abcdef".repeat(4), weights);
        return new ModelSubject(upload, description, like.network(), source, "1.2.3");
    }

    static StoredTraining training(TrainingState state) {
        ObjectNode settings = Json.MAPPER.createObjectNode();
        settings.set(
                "training",
                Json.MAPPER.valueToTree(
                        Parameters.read(Json.MAPPER.createObjectNode().put("seed", 7), TrainingParameters.class)));
        settings.putObject("limits");
        boolean finished = state == TrainingState.FINISHED;
        return new StoredTraining(
                "abc",
                "a | training",
                settings.toString(),
                0,
                0,
                new TrainingJournal.Standing(
                        state,
                        finished ? "finished" : null,
                        finished ? 5 : 4,
                        12.5,
                        finished ? new CurvePoint(10, 10, 1.0, 0.1, 0.5, 0.75, 0.6, 0.7) : null,
                        finished ? "0123456789abcdef".repeat(4) : null));
    }
}
