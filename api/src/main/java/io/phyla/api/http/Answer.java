package io.phyla.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemDocument;
import io.phyla.api.problem.ProblemException;
import io.phyla.spaces.Key;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A whole answer; the media type is empty if and only if there is no body. */
public record Answer(int status, String mediaType, Map<String, String> headers, byte[] body) implements Reply {

    private static final byte[] NOTHING = {};

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(int status, JsonNode json) {
        return new Answer(status, "application/json", Map.of(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(JsonNode json) {
        return json(200, json);
    }

    public static Answer text(String mediaType, String text) {
        return new Answer(200, mediaType, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer empty(int status) {
        return new Answer(status, "", Map.of(), NOTHING);
    }

    static Answer of(ProblemException problem, String instance) {
        return new Answer(
                problem.type().status(),
                "application/problem+json",
                problem.headers(),
                ProblemDocument.json(problem, instance).toString().getBytes(StandardCharsets.UTF_8));
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, mediaType, more, body);
    }

    /** With a strong validator of its bytes; without them if the client has them already. */
    Answer validated(String ifNoneMatch) {
        String tag = '"' + Key.of(body).toString() + '"';
        boolean known = Validators.known(ifNoneMatch, tag);
        return known ? new Answer(304, "", headers, NOTHING).with("ETag", tag) : with("ETag", tag);
    }
}
