package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.search.document.SearchSetup;
import io.phyla.storage.query.StoredSearch;
import java.util.function.Function;

/** Starts searches, one for each Idempotency-Key. */
public final class Creation {

    private final Store store;
    private final Documents documents;
    private final Function<JsonNode, String> origin;
    private final Once once;

    /** @param origin what is to be kept of a search's start: its document as it came, and the program */
    public Creation(Store store, Documents documents, Function<JsonNode, String> origin, Once once) {
        this.store = store;
        this.documents = documents;
        this.origin = origin;
        this.once = once;
    }

    /** {@code POST /v1/searches}. */
    public Answer create(Call call) {
        JsonNode document = call.json();
        StoredSearch search = once.findOrMake(
                call.parameters().text("Idempotency-Key"),
                "search",
                document.toString(),
                id -> store.queries().find(id),
                () -> {
                    SearchSetup setup = documents.read(document);
                    return id -> {
                        store.origins().keep(id, origin.apply(document));
                        store.searches().create(id, setup);
                    };
                });
        String id = search.header().id();
        return Answer.json(201, SearchJson.of(search, store.searches().live(id).orElse(null)))
                .with("Location", "/v1/searches/" + id);
    }
}
