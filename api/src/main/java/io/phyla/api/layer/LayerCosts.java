package io.phyla.api.layer;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.evaluators.worker.Inspection;
import io.phyla.evaluators.worker.Inspector;
import io.phyla.evaluators.worker.LayerTask;
import io.phyla.evaluators.worker.Subject;
import io.phyla.spaces.design.LayerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What layers cost on this machine. Each is measured once, when somebody first asks, in the process that inspects uploads, and
 * kept as long as the service runs.
 */
public final class LayerCosts {

    private static final int MOST = 200;

    private final Inspector inspector;
    private final Map<LayerTask, JsonNode> measured = new LinkedHashMap<>();

    public LayerCosts(Inspector inspector) {
        this.inspector = inspector;
    }

    /** What was measured of a layer so far, oldest first. */
    public synchronized List<JsonNode> known(LayerProgram program) {
        return measured.entrySet().stream()
                .filter(each -> each.getKey().program().equals(program))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** @throws ProblemException if it cannot be measured, saying why */
    public JsonNode of(LayerTask task) {
        synchronized (this) {
            JsonNode known = measured.get(task);
            if (known != null) {
                return known;
            }
        }
        JsonNode found = measure(task);
        synchronized (this) {
            measured.putIfAbsent(task, found);
            if (measured.size() > MOST) {
                measured.remove(measured.keySet().iterator().next());
            }
            return found;
        }
    }

    private JsonNode measure(LayerTask task) {
        @Nullable Path file = null;
        try {
            file = Files.writeString(Files.createTempFile("phyla-layer-", ".json"), task.json());
            Inspection found = inspector.inspect(Subject.LAYER, "layer", file, file.resolveSibling("."));
            return switch (found) {
                case Inspection.Understood understood -> understood.description();
                case Inspection.Refused refused ->
                    throw ProblemException.parameter(
                            "batch",
                            "it cannot be measured: " + refused.faults().getFirst().detail());
            };
        } catch (Inspector.Unavailable e) {
            throw new ProblemException(ProblemType.OVERLOADED, "nothing can be measured now: " + e.getMessage())
                    .with("Retry-After", "30");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping").with("Retry-After", "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
