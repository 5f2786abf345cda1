package io.phyla.api.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemException;
import io.phyla.evaluators.artifacts.Incoming;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.template.TemplateDocument;
import io.phyla.storage.query.Page;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Space documents, kept like any upload under the hash of their one form, and the networks of models for them. */
public final class SpaceStore {

    private static final int LONGEST_NAME = 100;

    private final UploadStore store;

    public SpaceStore(UploadStore store) {
        this.store = store;
    }

    /** A space that is kept. */
    public record Stored(Upload upload, boolean fresh) {

        public JsonNode description() {
            return UploadStore.description(upload);
        }
    }

    /** Keeps a document that was checked, with what is to be said about it. */
    public Stored keep(JsonNode document, JsonNode description) {
        JsonNode canonical = TemplateDocument.canonical(document);
        String id = TemplateDocument.id(canonical);
        String name = canonical.path("name").asText();
        try (Incoming.Place place = store.incoming().open()) {
            byte[] bytes = Json.MAPPER.writeValueAsBytes(canonical);
            Path file = Files.write(place.directory().resolve("space"), bytes);
            Upload upload = new Upload(
                    Kind.SPACE,
                    id,
                    shortened(name),
                    bytes.length,
                    System.currentTimeMillis(),
                    description.toString(),
                    Set.of(id));
            UploadStore.Kept kept = store.keep(upload, Map.of(id, file));
            return new Stored(kept.upload(), kept.fresh());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cut between characters, not within one. */
    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end);
    }

    public Optional<Stored> find(String id) {
        return store.rows().find(Kind.SPACE, id).map(each -> new Stored(each, false));
    }

    /** @throws ProblemException if there is none */
    public Stored get(String id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("space '" + id + "'"));
    }

    public JsonNode document(Stored space) {
        return read(store.file(space.upload().id()));
    }

    public Page<Upload> list(@Nullable String cursor, int limit) {
        return store.rows().list(Kind.SPACE, cursor, limit);
    }

    public void delete(Stored space) {
        store.delete(space.upload());
    }

    /** The network of an uploaded model; empty if there is none of this id. */
    public Optional<JsonNode> network(String model) {
        return store.rows()
                .find(Kind.MODEL, model)
                .map(each -> read(
                        store.file(UploadStore.description(each).path("network").asText())));
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
