package io.phyla.api.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Parameters;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.StateConflict;
import io.phyla.search.run.Searches;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.query.StoredSearch;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Searches: list, look at, pause, resume, cancel, delete. */
public final class SearchEndpoints {

    private static final int ENDING_TRIES = 200;
    private static final long ENDING_PAUSE_MILLIS = 10;

    private final Store store;

    public SearchEndpoints(Store store) {
        this.store = store;
    }

    public Answer list(Call call) {
        Parameters parameters = call.parameters();
        SearchState state = parameters
                .optionalText("state")
                .map(name -> SearchState.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(null);
        Page<StoredSearch> page = store.queries().list(state, Store.cursor(parameters), Store.limit(parameters));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(json(each)));
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    public Answer get(Call call) {
        return Answer.json(json(store.search(call.parameters())));
    }

    /** The last phase. */
    public Answer finish(Call call) {
        StoredSearch search = store.search(call.parameters());
        String id = search.header().id();
        return Answer.json(FinishJson.of(
                search, store.queries().finals(id), store.searches().live(id).orElse(null)));
    }

    private ObjectNode json(StoredSearch search) {
        return SearchJson.of(search, store.searches().live(search.header().id()).orElse(null));
    }

    public Answer pause(Call call) {
        return change(call, Searches::pause);
    }

    public Answer resume(Call call) {
        return change(call, Searches::resume);
    }

    public Answer cancel(Call call) {
        return change(call, Searches::cancel);
    }

    private Answer change(Call call, BiConsumer<Searches, String> wish) {
        StoredSearch search = store.search(call.parameters());
        if (search.state().ended()) {
            throw conflict("the search has ended by " + search.reason());
        }
        try {
            wish.accept(store.searches(), search.header().id());
        } catch (StateConflict e) {
            throw conflict(String.valueOf(e.getMessage()));
        }
        return Answer.json(202, json(store.search(call.parameters())));
    }

    public Answer delete(Call call) {
        StoredSearch search = store.search(call.parameters());
        if (!search.state().ended()) {
            throw conflict("the search has not ended; cancel it first");
        }
        for (int tries = 1; ; tries++) {
            try {
                store.searches().delete(search.header().id());
                return Answer.empty(204);
            } catch (StateConflict e) {
                // Its end is durable; its thread may still be on the way out.
                if (tries == ENDING_TRIES) {
                    throw conflict(String.valueOf(e.getMessage()));
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ENDING_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping");
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.WRONG_STATE, detail);
    }
}
