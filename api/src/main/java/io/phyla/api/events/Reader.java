package io.phyla.api.events;

import io.phyla.search.port.Sequenced;
import io.phyla.storage.database.StorageException;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of an event stream, on a virtual thread of its own. It follows the journal by sequence number: from memory
 * where the topic still has the next entry, else from the database, so that nothing is missed or repeated however the
 * two change over. At most one page is on its way to the client; one that does not take it in time is cut off.
 */
final class Reader<E extends Sequenced> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final int PAGE = 128;

    private final HttpServerResponse response;
    private final Topic<E> topic;
    private final Streams.Source<E> source;
    private final Duration heartbeat;
    private final Duration patience;
    private long sequence;
    private volatile boolean left;

    /**
     * @param sequence the client has everything up to here
     * @param heartbeat how long nothing may be written
     * @param patience how long the client may take for a page
     */
    Reader(
            HttpServerResponse response,
            Topic<E> topic,
            Streams.Source<E> source,
            long sequence,
            Duration heartbeat,
            Duration patience) {
        this.response = response;
        this.topic = topic;
        this.source = source;
        this.sequence = sequence;
        this.heartbeat = heartbeat;
        this.patience = patience;
    }

    @Override
    public void run() {
        try {
            write("retry: 1000\n\n");
            boolean ended = false;
            while (!ended && !left) {
                ended = step();
            }
            if (!response.closed()) {
                response.end();
            }
        } catch (TimeoutException e) {
            LOG.info("an event reader did not read for {} and is cut off at {}", patience, sequence);
            response.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.reset();
        } catch (ExecutionException e) {
            LOG.debug("an event reader is gone at {}", sequence);
        } catch (StorageException e) {
            LOG.warn("an event stream broke at {}: {}", sequence, e.getMessage());
            response.reset();
        } catch (RuntimeException e) {
            LOG.error("an event stream broke at {}", sequence, e);
            response.reset();
        }
    }

    /** Ends the stream soon: its client is gone, or the service stops. Wakes it without interrupting what it reads. */
    void leave() {
        left = true;
        topic.wake();
    }

    /** Whether nothing can follow: it has ended, or is there no more. */
    private boolean step() throws InterruptedException, ExecutionException, TimeoutException {
        List<E> entries = topic.after(sequence, PAGE);
        if (entries.isEmpty()) {
            entries = source.lookup().after(sequence, PAGE);
        }
        if (entries.isEmpty()) {
            if (source.gone().getAsBoolean()) {
                return true;
            }
            if (!topic.await(sequence, heartbeat.toMillis(), () -> left) && !left) {
                write(":\n\n");
            }
            return false;
        }
        StringBuilder text = new StringBuilder();
        boolean last = false;
        for (E entry : entries) {
            Event event = source.events().apply(entry);
            text.append(event.text());
            last = event.last();
        }
        write(text.toString());
        sequence = entries.getLast().sequence();
        return last;
    }

    private void write(String text) throws InterruptedException, ExecutionException, TimeoutException {
        response.write(text).toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
