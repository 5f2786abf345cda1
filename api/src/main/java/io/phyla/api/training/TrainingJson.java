package io.phyla.api.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.LiveTraining;
import io.phyla.search.training.TrainingJournal.Standing;
import io.phyla.search.training.TrainingState;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.training.StoredTraining;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A training as the contract's {@code Training}. */
public final class TrainingJson {

    private TrainingJson() {}

    /** @param live the training in this process; null if it has ended */
    static ObjectNode of(StoredTraining training, @Nullable LiveTraining live) {
        Standing standing = training.standing();
        CurvePoint newest = standing.newest();
        JsonNode settings = settings(training);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", training.id());
        json.put("name", training.name());
        json.put("state", name(standing.state()));
        json.put("ended_by", endedBy(standing.state(), standing.reason()));
        json.put("waits_for", waitsFor(standing.state(), standing.reason()));
        json.put("halted", live == null ? null : live.halted());
        json.put("created_at", Instant.ofEpochMilli(training.createdAt()).toString());
        json.put("updated_at", Instant.ofEpochMilli(training.updatedAt()).toString());
        json.set("training", settings.path("training"));
        json.set("limits", settings.path("limits"));
        json.set("progress", progress(standing, live));
        json.set("newest", newest == null ? Json.MAPPER.nullNode() : point(newest));
        json.put("weights", standing.weights());
        return json.put("sequence", standing.sequence());
    }

    /** What it was submitted with but for the network: {@code training} and {@code limits}. */
    public static JsonNode settings(StoredTraining training) {
        try {
            return Json.MAPPER.readTree(training.settings());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of training " + training.id() + " cannot be read", e);
        }
    }

    private static ObjectNode progress(Standing standing, @Nullable LiveTraining live) {
        CurvePoint newest = standing.newest();
        long step = newest == null ? 0 : newest.step();
        double overall = standing.seconds() > 0 ? step / standing.seconds() : 0;
        double rate = live != null && live.rate() > 0 ? live.rate() : overall;
        ObjectNode json = Json.MAPPER.createObjectNode().put("step", step);
        json.put("steps", newest == null ? null : newest.steps());
        json.put("epoch", newest == null ? 0 : newest.epoch());
        json.put("fraction", newest == null ? 0 : (double) step / newest.steps());
        json.put("seconds", standing.seconds());
        json.put("rate", rate);
        json.put(
                "seconds_left",
                standing.state() == TrainingState.RUNNING && newest != null && rate > 0
                        ? (newest.steps() - step) / rate
                        : null);
        json.put("worker", live == null ? null : live.worker());
        return json.put("attempt", live == null ? 0 : live.attempt());
    }

    /** Figures that are no finite numbers are null. */
    public static ObjectNode point(CurvePoint point) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("step", point.step());
        json.put("steps", point.steps());
        json.put("epoch", point.epoch());
        json.put("learning_rate", point.learningRate());
        json.put("training_loss", finite(point.trainingLoss()));
        json.put("training_accuracy", finite(point.trainingAccuracy()));
        json.put("validation_loss", finite(point.validationLoss()));
        return json.put("validation_accuracy", finite(point.validationAccuracy()));
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }

    public static String name(TrainingState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Why it ended; null while it has not. */
    static @Nullable String endedBy(TrainingState state, @Nullable String reason) {
        return state.ended() ? String.valueOf(reason) : null;
    }

    /** Why it waits; null if it does not. */
    static @Nullable String waitsFor(TrainingState state, @Nullable String reason) {
        return state != TrainingState.WAITING ? null : reason == null ? "a worker is to take it" : reason;
    }
}
