package io.phyla.evaluators.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.bench.LayerBench;
import io.phyla.evaluators.bench.LayerCost;
import io.phyla.evaluators.engine.Instructions;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A layer whose cost is to be measured against batch normalisation with a rectifier, as a file that says so.
 *
 * @param milliseconds of CPU time for each comparison
 */
public record LayerTask(LayerProgram program, Shape shape, int batch, long milliseconds) {

    /** The whole task; the same text for the same task. */
    public String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are written as JSON", e);
        }
    }

    /** What was measured, on which machine and when. */
    static Inspection measure(Path file) {
        try {
            LayerTask task = Json.MAPPER.readValue(Files.readString(file), LayerTask.class);
            LayerCost cost = LayerBench.measure(task.program, task.shape, task.batch, task.milliseconds);
            ObjectNode json = Json.MAPPER.valueToTree(cost);
            json.putObject("machine")
                    .put("instructions", Instructions.inUse().label())
                    .put("processors", Runtime.getRuntime().availableProcessors())
                    .put("threads", 1);
            json.put("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            return new Inspection.Understood(json, Map.of());
        } catch (IOException e) {
            return Inspection.Refused.of("", "the task cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException | MemoryLimitException e) {
            return Inspection.Refused.of("", String.valueOf(e.getMessage()));
        }
    }
}
