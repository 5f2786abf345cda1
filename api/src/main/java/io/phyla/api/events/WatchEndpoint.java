package io.phyla.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.SearchJson;
import io.phyla.api.search.Store;
import io.phyla.storage.query.StoredSearch;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /v1/searches/{id}/events}. */
public final class WatchEndpoint implements AutoCloseable {

    private static final int MOST_READERS = 512;

    private final Events events;
    private final Store store;
    private final Duration heartbeat;
    private final Duration patience;
    private final Map<Reader, Thread> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param heartbeat how long a stream may be silent
     * @param patience how long a client may leave a page unread
     */
    public WatchEndpoint(Events events, Store store, Duration heartbeat, Duration patience) {
        this.events = events;
        this.store = store;
        this.heartbeat = heartbeat;
        this.patience = patience;
    }

    public Reply watch(Call call) {
        StoredSearch search = store.search(call.parameters());
        long after = call.parameters()
                .optionalNumber("Last-Event-ID")
                .orElseGet(() -> call.parameters().number("after"));
        if (search.state().ended() && after >= search.sequence()) {
            return Answer.empty(204);
        }
        if (closed || readers.size() >= MOST_READERS) {
            throw new ProblemException(ProblemType.OVERLOADED, MOST_READERS + " event streams are open")
                    .with("Retry-After", "5");
        }
        JsonNode document = SearchJson.document(search);
        String id = search.header().id();
        return new Reply.Stream(response -> open(response, id, document, after));
    }

    private void open(HttpServerResponse response, String id, JsonNode document, long after) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        Topic topic = events.join(id);
        Reader reader = new Reader(
                response,
                topic,
                (sequence, limit) -> store.queries().entries(id, sequence, limit),
                () -> store.queries().find(id).isEmpty(),
                entry -> Event.of(entry, document, store.searches().live(id).orElse(null)),
                after,
                heartbeat,
                patience);
        Thread thread = Thread.ofVirtual().name("events-" + id).unstarted(() -> {
            try {
                reader.run();
            } finally {
                events.leave(id);
                readers.remove(reader);
            }
        });
        readers.put(reader, thread);
        response.closeHandler(_ -> reader.leave());
        if (closed) {
            reader.leave();
        }
        thread.start();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
        Map<Reader, Thread> open = Map.copyOf(readers);
        open.keySet().forEach(Reader::leave);
        for (Thread each : open.values()) {
            try {
                each.join(patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
