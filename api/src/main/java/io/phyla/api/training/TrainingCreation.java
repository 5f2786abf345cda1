package io.phyla.api.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.Once;
import io.phyla.evaluators.training.TrainingDocument;
import io.phyla.evaluators.training.TrainingReader;
import io.phyla.search.training.TrainingJournal.Header;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordSchema;
import io.phyla.storage.training.StoredTraining;
import java.util.List;

/** Starts trainings, one for each Idempotency-Key. */
public final class TrainingCreation {

    private static final int MOST_MISTAKES = 100;

    private final TrainingStore store;
    private final Once once;

    public TrainingCreation(TrainingStore store, Once once) {
        this.store = store;
        this.once = once;
    }

    /** {@code GET /v1/schemas/training}. */
    public Answer schema(Call call) {
        return Answer.json(RecordSchema.of(TrainingDocument.class));
    }

    /** {@code POST /v1/trainings}. */
    public Answer create(Call call) {
        JsonNode document = call.json();
        StoredTraining training = once.findOrMake(
                call.parameters().text("Idempotency-Key"),
                "training",
                "/v1/trainings " + document,
                id -> store.queries().find(id),
                () -> {
                    TrainingReader.Result.Accepted accepted = read(document);
                    return id -> store.trainings().create(header(id, accepted));
                });
        return Answer.json(
                        202,
                        TrainingJson.of(
                                training, store.trainings().live(training.id()).orElse(null)))
                .with("Location", "/v1/trainings/" + training.id());
    }

    private TrainingReader.Result.Accepted read(JsonNode document) {
        return switch (TrainingReader.read(document, store.artifacts())) {
            case TrainingReader.Result.Accepted accepted -> accepted;
            case TrainingReader.Result.Refused refused -> {
                List<Problem> problems = refused.problems();
                throw new ProblemException(
                        ProblemType.INVALID_TRAINING,
                        problems.size() == 1
                                ? "1 mistake in the document"
                                : problems.size() + " mistakes in the document",
                        problems.stream().limit(MOST_MISTAKES).map(Mistake::in).toList());
            }
        };
    }

    /** The network is kept as it is understood, with shapes and costs, whatever was sent along. */
    private static Header header(String id, TrainingReader.Result.Accepted accepted) {
        TrainingDocument document = accepted.document();
        ObjectNode settings = Json.MAPPER.createObjectNode();
        settings.set("training", Json.MAPPER.valueToTree(document.training()));
        settings.set("limits", Json.MAPPER.valueToTree(document.limits()));
        return new Header(
                id,
                document.name(),
                settings.toString(),
                NetworkJson.write(accepted.network()).toString(),
                System.currentTimeMillis());
    }
}
