package io.phyla.api.events;

import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.search.port.Sequenced;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** All open event streams; their number is bounded, and they end with the service. */
public final class Streams implements AutoCloseable {

    private static final int MOST_READERS = 512;

    private final Duration heartbeat;
    private final Duration patience;
    private final Map<Reader<?>, Thread> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param heartbeat how long a stream may be silent
     * @param patience how long a client may leave a page unread
     */
    public Streams(Duration heartbeat, Duration patience) {
        this.heartbeat = heartbeat;
        this.patience = patience;
    }

    /**
     * What there is to be followed.
     *
     * @param sequence its newest entry's
     * @param lookup entries of the database
     * @param gone whether it has been deleted
     */
    public record Source<E extends Sequenced>(
            String id,
            boolean ended,
            long sequence,
            Topics<E> topics,
            Lookup<E> lookup,
            BooleanSupplier gone,
            Function<E, Event> events) {}

    /** Entries of the database after a sequence number. */
    @FunctionalInterface
    public interface Lookup<E> {
        List<E> after(long sequence, int limit);
    }

    /** The stream a call asks for, from its {@code Last-Event-ID} or {@code after} on. */
    public <E extends Sequenced> Reply open(Call call, Source<E> source) {
        long after = call.parameters()
                .optionalNumber("Last-Event-ID")
                .orElseGet(() -> call.parameters().number("after"));
        if (source.ended() && after >= source.sequence()) {
            return Answer.empty(204);
        }
        if (closed || readers.size() >= MOST_READERS) {
            throw new ProblemException(ProblemType.OVERLOADED, MOST_READERS + " event streams are open")
                    .with("Retry-After", "5");
        }
        return new Reply.Stream(response -> open(response, source, after));
    }

    private <E extends Sequenced> void open(HttpServerResponse response, Source<E> source, long after) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        Topic<E> topic = source.topics().join(source.id());
        Reader<E> reader = new Reader<>(response, topic, source, after, heartbeat, patience);
        Thread thread = Thread.ofVirtual().name("events-" + source.id()).unstarted(() -> {
            try {
                reader.run();
            } finally {
                source.topics().leave(source.id());
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
        Map<Reader<?>, Thread> open = Map.copyOf(readers);
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
