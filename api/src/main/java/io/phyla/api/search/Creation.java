package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.search.document.SearchSetup;
import io.phyla.spaces.Key;
import io.phyla.storage.query.Idempotency;
import io.phyla.storage.query.StoredSearch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts searches, one for each Idempotency-Key. The key is written down with the future search's identifier before the
 * search is: whenever the process dies in between, the repeated request makes exactly the search that was promised.
 */
public final class Creation {

    private final Store store;
    private final Documents documents;
    private final String origin;
    private final ReentrantLock one = new ReentrantLock();

    /** @param origin the program that searches are started with, to be kept with each */
    public Creation(Store store, Documents documents, String origin) {
        this.store = store;
        this.documents = documents;
        this.origin = origin;
    }

    /** {@code POST /v1/searches}. */
    public Answer create(Call call) {
        String key = call.parameters().text("Idempotency-Key");
        JsonNode document = call.json();
        SearchSetup setup = documents.read(document);
        // As it was sent: what a default or a name of data means may change between a request and its repetition.
        String hash =
                Key.of(document.toString().getBytes(StandardCharsets.UTF_8)).toString();
        StoredSearch search;
        one.lock();
        try {
            search = findOrStart(key, hash, setup);
        } finally {
            one.unlock();
        }
        String id = search.header().id();
        return Answer.json(201, SearchJson.of(search, store.searches().live(id).orElse(null)))
                .with("Location", "/v1/searches/" + id);
    }

    private StoredSearch findOrStart(String key, String hash, SearchSetup setup) {
        Optional<Idempotency.Use> use = store.idempotency().find(key);
        if (use.isPresent() && !use.get().bodyHash().equals(hash)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_MISMATCH,
                    "this key started search " + use.get().searchId() + " with another document");
        }
        String id = use.map(Idempotency.Use::searchId).orElseGet(() -> {
            String fresh = store.searches().newId();
            store.idempotency().remember(key, new Idempotency.Use(hash, fresh));
            return fresh;
        });
        return store.queries().find(id).orElseGet(() -> {
            store.origins().keep(id, origin);
            store.searches().create(id, setup);
            return store.queries()
                    .find(id)
                    .orElseThrow(() -> new IllegalStateException("search " + id + " was made and is not there"));
        });
    }
}
