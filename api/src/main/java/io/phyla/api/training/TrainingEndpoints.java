package io.phyla.api.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Parameters;
import io.phyla.api.events.Streams;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.NetworkAnswer;
import io.phyla.api.search.Store;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingState;
import io.phyla.search.training.Trainings;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.training.StoredTraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Trainings: list, look at, follow, pause, resume, cancel, delete, take home. */
public final class TrainingEndpoints {

    private final TrainingStore store;
    private final TrainingEvents events;
    private final Streams streams;

    public TrainingEndpoints(TrainingStore store, TrainingEvents events, Streams streams) {
        this.store = store;
        this.events = events;
        this.streams = streams;
    }

    public Answer list(Call call) {
        Parameters parameters = call.parameters();
        TrainingState state = parameters
                .optionalText("state")
                .map(name -> TrainingState.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(null);
        Page<StoredTraining> page = store.queries().list(state, Store.cursor(parameters), Store.limit(parameters));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(json(each)));
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    public Answer get(Call call) {
        return Answer.json(json(store.training(call.parameters())));
    }

    private ObjectNode json(StoredTraining training) {
        return TrainingJson.of(training, store.trainings().live(training.id()).orElse(null));
    }

    public Answer network(Call call) {
        String id = store.training(call.parameters()).id();
        String text = store.queries().network(id).orElseThrow(() -> ProblemException.notFound("training '" + id + "'"));
        try {
            return NetworkAnswer.of(NetworkJson.read(Json.MAPPER.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the network of training " + id + " cannot be read", e);
        }
    }

    /** Points after a step, and after which step there are more. */
    public Answer curve(Call call) {
        Parameters parameters = call.parameters();
        String id = store.training(parameters).id();
        int limit = Store.limit(parameters);
        List<CurvePoint> points = store.queries().curve(id, parameters.number("after"), limit + 1);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        points.stream().limit(limit).forEach(each -> items.add((JsonNode) TrainingJson.point(each)));
        if (points.size() > limit) {
            return Answer.json(json.put("next", points.get(limit - 1).step()));
        }
        return Answer.json(json.putNull("next"));
    }

    /** The trained weights; their validator comes from the hash of their content. */
    public Reply weights(Call call) {
        StoredTraining training = store.training(call.parameters());
        String sha256 = training.standing().weights();
        if (sha256 == null) {
            throw conflict("the training has no weights before it has finished; it is "
                    + TrainingJson.name(training.standing().state()));
        }
        Path file = store.artifacts()
                .open(sha256)
                .orElseThrow(() -> new IllegalStateException("the weights of training " + training.id() + " are gone"));
        return Reply.File.ofContent(
                file, sha256, "application/octet-stream", "phyla-" + training.id() + ".safetensors");
    }

    /** What happens, as server-sent events. */
    public Reply watch(Call call) {
        StoredTraining training = store.training(call.parameters());
        String id = training.id();
        return streams.open(
                call,
                new Streams.Source<>(
                        id,
                        training.standing().state().ended(),
                        training.standing().sequence(),
                        events.topics(),
                        (sequence, limit) -> store.queries().entries(id, sequence, limit),
                        () -> store.queries().find(id).isEmpty(),
                        TrainingEvents::event));
    }

    public Answer pause(Call call) {
        return change(call, Trainings::pause);
    }

    public Answer resume(Call call) {
        return change(call, Trainings::resume);
    }

    public Answer cancel(Call call) {
        return change(call, Trainings::cancel);
    }

    private Answer change(Call call, BiConsumer<Trainings, String> wish) {
        StoredTraining training = store.training(call.parameters());
        wish(() -> wish.accept(store.trainings(), training.id()));
        return Answer.json(202, json(store.training(call.parameters())));
    }

    public Answer delete(Call call) {
        StoredTraining training = store.training(call.parameters());
        wish(() -> store.trainings().delete(training.id()));
        return Answer.empty(204);
    }

    private static void wish(Runnable wish) {
        try {
            wish.run();
        } catch (StateConflict e) {
            throw conflict(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.WRONG_STATE, detail);
    }
}
