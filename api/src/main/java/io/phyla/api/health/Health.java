package io.phyla.api.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.spaces.schema.Json;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes for whoever watches over the process. */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Runnable databaseProbe;
    private final Supplier<WorkerStatus> workers;

    /** @param databaseProbe writes to the database and throws if that fails */
    public Health(Runnable databaseProbe, Supplier<WorkerStatus> workers) {
        this.databaseProbe = databaseProbe;
        this.workers = workers;
    }

    /** The process answers: nothing else is asked. */
    public Answer live(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("status", "up");
        json.putArray("checks");
        return Answer.json(json);
    }

    /** The service can take work: 200, or 503 with what is down. */
    public Answer ready(Call call) {
        Optional<String> database = databaseFault();
        WorkerStatus status = workers.get();
        boolean alive = status.alive() > 0 || status.wanted() == 0;
        boolean up = database.isEmpty() && alive;
        ObjectNode json = Json.MAPPER.createObjectNode().put("status", word(up));
        ArrayNode checks = json.putArray("checks");
        ObjectNode first = checks.addObject().put("name", "database").put("status", word(database.isEmpty()));
        database.ifPresent(detail -> first.put("detail", detail));
        checks.addObject()
                .put("name", "workers")
                .put("status", word(alive))
                .put("detail", status.alive() + " of " + status.wanted() + " are alive");
        return Answer.json(up ? 200 : 503, json);
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private Optional<String> databaseFault() {
        FutureTask<Void> probe = new FutureTask<>(databaseProbe, null);
        Thread.ofVirtual().name("database-probe").start(probe);
        try {
            probe.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("the database takes no writes: {}", cause.getMessage());
            return Optional.of("it takes no writes: " + cause.getMessage());
        } catch (TimeoutException e) {
            return Optional.of("it did not take a write within " + PATIENCE_SECONDS + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the service is stopping");
        }
    }
}
