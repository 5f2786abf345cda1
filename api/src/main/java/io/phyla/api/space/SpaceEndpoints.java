package io.phyla.api.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.Once;
import io.phyla.api.search.Store;
import io.phyla.api.upload.SpaceStore;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.drawing.SvgDrawing;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.template.TemplateSchema;
import io.phyla.storage.query.Page;
import io.phyla.storage.upload.Upload;
import java.time.Instant;
import java.util.List;

/** Spaces in the space language: try, keep, look at, delete. */
public final class SpaceEndpoints {

    private static final int MOST_MISTAKES = 100;
    private static final String PATH = "/v1/spaces/";

    private final SpaceStore spaces;
    private final SpaceReferences references;
    private final Artifacts artifacts;
    private final Once once;

    public SpaceEndpoints(SpaceStore spaces, SpaceReferences references, Artifacts artifacts, Once once) {
        this.spaces = spaces;
        this.references = references;
        this.artifacts = artifacts;
        this.once = once;
    }

    /** {@code GET /v1/schemas/space}. */
    public Answer schema(Call call) {
        return Answer.json(TemplateSchema.document());
    }

    /** {@code POST /v1/spaces}. */
    public Answer create(Call call) {
        JsonNode document = references.space(call.json());
        return switch (SpaceTrial.of(document, artifacts)) {
            case SpaceTrial.Result.Sound sound -> {
                SpaceStore.Stored stored = spaces.keep(document, sound.description());
                String id = stored.upload().id();
                call.parameters()
                        .optionalText("Idempotency-Key")
                        .ifPresent(key -> once.claim(key, "space", PATH + id, id));
                yield Answer.json(stored.fresh() ? 201 : 200, json(stored)).with("Location", PATH + id);
            }
            case SpaceTrial.Result.Unsound unsound -> {
                int count = unsound.problems().size();
                String detail = count == 1 ? "1 mistake in the space" : count + " mistakes in the space";
                throw new ProblemException(
                        ProblemType.INVALID_SPACE,
                        count > MOST_MISTAKES ? detail + "; the first " + MOST_MISTAKES + " are listed" : detail,
                        mistakes(unsound.problems()));
            }
        };
    }

    private static List<Mistake> mistakes(List<Problem> problems) {
        return problems.stream().limit(MOST_MISTAKES).map(Mistake::in).toList();
    }

    /** {@code POST /v1/spaces:validate}. */
    public Answer validate(Call call) {
        JsonNode document = references.space(call.json());
        ObjectNode json = Json.MAPPER.createObjectNode();
        switch (SpaceTrial.of(document, artifacts)) {
            case SpaceTrial.Result.Sound sound -> {
                SpaceTrial.draw(document, sound.description());
                json.put("valid", true).setAll(sound.description());
            }
            case SpaceTrial.Result.Unsound unsound -> {
                ArrayNode errors = json.put("valid", false).putArray("errors");
                mistakes(unsound.problems()).forEach(each -> errors.add(Json.MAPPER.<JsonNode>valueToTree(each)));
            }
        }
        return Answer.json(json);
    }

    /** {@code GET /v1/spaces:stored}. */
    public Answer list(Call call) {
        Page<Upload> page = spaces.list(Store.cursor(call.parameters()), Store.limit(call.parameters()));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(json(each)));
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    /** {@code GET /v1/spaces/{id}}. */
    public Answer get(Call call) {
        return Answer.json(json(stored(call)));
    }

    /** {@code GET /v1/spaces/{id}/document}. */
    public Answer document(Call call) {
        return Answer.json(spaces.document(stored(call)));
    }

    /** {@code GET /v1/spaces/{id}/drawing}. */
    public Answer drawing(Call call) {
        String genome = call.parameters().text("genome");
        try {
            return Answer.text(
                    "image/svg+xml", SvgDrawing.of(SpaceTrial.network(spaces.document(stored(call)), genome)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter("genome", String.valueOf(e.getMessage()));
        }
    }

    /** {@code DELETE /v1/spaces/{id}}. */
    public Answer delete(Call call) {
        spaces.delete(stored(call));
        return Answer.empty(204);
    }

    private SpaceStore.Stored stored(Call call) {
        return spaces.get(call.parameters().text("id"));
    }

    /** Size and names alone, for lists. */
    private static ObjectNode json(Upload upload) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", upload.id());
        json.put("name", upload.name());
        json.put("bytes", upload.bytes());
        json.put("created_at", Instant.ofEpochMilli(upload.createdAt()).toString());
        JsonNode description = new SpaceStore.Stored(upload, false).description();
        json.set("size", description.path("size"));
        json.set("decisions", description.path("decisions"));
        return json;
    }

    private static ObjectNode json(SpaceStore.Stored stored) {
        ObjectNode json = json(stored.upload());
        JsonNode description = stored.description();
        ArrayNode samples = json.putArray("samples");
        for (JsonNode sample : description.path("samples")) {
            ObjectNode copy = sample.deepCopy();
            copy.put(
                    "drawing",
                    PATH + stored.upload().id() + "/drawing?genome="
                            + sample.path("genome").asText());
            samples.add(copy);
        }
        json.set("ranges", description.path("ranges"));
        return json;
    }
}
