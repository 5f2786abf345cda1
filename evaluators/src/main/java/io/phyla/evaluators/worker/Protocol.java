package io.phyla.evaluators.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingPool.Task;
import io.phyla.spaces.schema.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What service and worker say to each other: one JSON object a line. The worker's lines start with a mark, so that whatever
 * a native library prints on the same stream is told apart. NaN and infinities travel as strings, as Jackson writes them.
 */
final class Protocol {

    private static final String MARK = "@phyla ";

    private Protocol() {}

    /** From the service. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Request.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Request.Evaluate.class, name = "evaluate"),
        @JsonSubTypes.Type(value = Request.Forget.class, name = "forget"),
        @JsonSubTypes.Type(value = Request.Train.class, name = "train"),
        @JsonSubTypes.Type(value = Request.Stop.class, name = "stop"),
        @JsonSubTypes.Type(value = Request.Inspect.class, name = "inspect"),
    })
    sealed interface Request {

        /** Makes a batch known. */
        record Open(Batch batch) implements Request {}

        /** Evaluates one genome, or one yardstick, of a known batch. */
        record Evaluate(
                String batch,
                long ticket,
                String genome,
                long seed,
                @Nullable String yardstick) implements Request {}

        /** Closes what a batch holds. */
        record Forget(String batch) implements Request {}

        /** Trains a network, from the checkpoint in the directory if there is one. */
        record Train(long ticket, Task task, String directory) implements Request {}

        /** Leaves the training that is under way at its next point, with a checkpoint. */
        record Stop() implements Request {}

        /** Finds out what a file is, and writes what is made of it into a directory. */
        record Inspect(long ticket, Subject subject, String name, String file, String directory) implements Request {}
    }

    /** From the worker. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Reply.Ready.class, name = "ready"),
        @JsonSubTypes.Type(value = Reply.Started.class, name = "started"),
        @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
        @JsonSubTypes.Type(value = Reply.Progress.class, name = "progress"),
        @JsonSubTypes.Type(value = Reply.Saved.class, name = "saved"),
        @JsonSubTypes.Type(value = Reply.Left.class, name = "left"),
        @JsonSubTypes.Type(value = Reply.Inspected.class, name = "inspected"),
    })
    sealed interface Reply {

        /** It takes requests. */
        record Ready(long pid) implements Reply {}

        /** What is needed is loaded, the evaluation or training begins. */
        record Started(long ticket) implements Reply {}

        /** The evaluation is over; either values or a cause. */
        record Done(
                long ticket,
                @Nullable Map<String, Double> values,
                double cost,
                @Nullable Cause cause,
                long milliseconds,
                long residentBytes)
                implements Reply {}

        /** A training came to the next point of its curve. */
        record Progress(long ticket, CurvePoint point) implements Reply {}

        /** A training has a new checkpoint. */
        record Saved(long ticket) implements Reply {}

        /** A training is over: trained, impossible for a cause, or stopped with a checkpoint. */
        record Left(long ticket, boolean trained, @Nullable Cause cause, long residentBytes) implements Reply {}

        /** A file was looked at. */
        record Inspected(long ticket, Inspection inspection, long residentBytes) implements Reply {}
    }

    static String write(Request request) {
        return json(request);
    }

    static String write(Reply reply) {
        return MARK + json(reply);
    }

    private static String json(Object message) {
        try {
            return Json.MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message cannot be written", e);
        }
    }

    static Request request(String line) throws JsonProcessingException {
        return Json.MAPPER.readValue(line, Request.class);
    }

    /** Empty if the line was printed by something else. */
    static Optional<Reply> reply(String line) {
        int at = line.indexOf(MARK);
        if (at < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(line.substring(at + MARK.length()), Reply.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
