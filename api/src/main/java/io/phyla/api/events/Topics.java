package io.phyla.api.events;

import io.phyla.search.port.Sequenced;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest durable entries of whatever somebody watches, by its identifier.
 *
 * @param <E> the entries
 */
public final class Topics<E extends Sequenced> {

    private final Map<String, Watched<E>> watched = new ConcurrentHashMap<>();

    private record Watched<E extends Sequenced>(Topic<E> topic, int readers) {}

    /** Tells those who watch it; never waits for them. */
    public void publish(String id, E entry) {
        Watched<E> found = watched.get(id);
        if (found != null) {
            found.topic().publish(entry);
        }
    }

    /** How many readers there are. */
    public int readers() {
        return List.copyOf(watched.values()).stream().mapToInt(Watched::readers).sum();
    }

    /** The topic, from now on until {@link #leave}. */
    Topic<E> join(String id) {
        return watched.compute(
                        id,
                        (_, found) -> found == null
                                ? new Watched<>(new Topic<>(), 1)
                                : new Watched<>(found.topic(), found.readers() + 1))
                .topic();
    }

    void leave(String id) {
        watched.computeIfPresent(
                id, (_, found) -> found.readers() == 1 ? null : new Watched<>(found.topic(), found.readers() - 1));
    }
}
