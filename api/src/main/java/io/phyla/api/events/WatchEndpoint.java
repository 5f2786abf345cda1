package io.phyla.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.search.SearchJson;
import io.phyla.api.search.Store;
import io.phyla.storage.query.StoredSearch;

/** {@code GET /v1/searches/{id}/events}. */
public final class WatchEndpoint {

    private final Events events;
    private final Store store;
    private final Streams streams;

    public WatchEndpoint(Events events, Store store, Streams streams) {
        this.events = events;
        this.store = store;
        this.streams = streams;
    }

    public Reply watch(Call call) {
        StoredSearch search = store.search(call.parameters());
        JsonNode document = SearchJson.document(search);
        String id = search.header().id();
        return streams.open(
                call,
                new Streams.Source<>(
                        id,
                        search.state().ended(),
                        search.sequence(),
                        events.topics(),
                        (sequence, limit) -> store.queries().entries(id, sequence, limit),
                        () -> store.queries().find(id).isEmpty(),
                        entry -> SearchEvent.of(
                                entry, document, store.searches().live(id).orElse(null))));
    }
}
