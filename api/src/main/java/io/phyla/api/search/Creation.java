package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.search.document.SearchSetup;
import io.phyla.storage.query.StoredSearch;

/** Starts searches, one for each Idempotency-Key. */
public final class Creation {

    private final Store store;
    private final Documents documents;
    private final String origin;
    private final Once once;

    /** @param origin the program that searches are started with, to be kept with each */
    public Creation(Store store, Documents documents, String origin, Once once) {
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
                        store.origins().keep(id, origin);
                        store.searches().create(id, setup);
                    };
                });
        String id = search.header().id();
        return Answer.json(201, SearchJson.of(search, store.searches().live(id).orElse(null)))
                .with("Location", "/v1/searches/" + id);
    }
}
