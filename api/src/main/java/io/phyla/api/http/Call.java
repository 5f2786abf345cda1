package io.phyla.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.contract.Parameters;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.util.List;

/** A request to an operation, parameters checked. */
public record Call(Parameters parameters, byte[] body) {

    /** @throws ProblemException pointing to where the body stops being JSON */
    public JsonNode json() {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            return read(parser);
        } catch (IOException e) {
            throw malformed("", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode read(JsonParser parser) throws IOException {
        try {
            JsonNode json = Json.MAPPER.readTree(parser);
            if (json == null) {
                throw malformed("", "it is empty");
            }
            if (parser.nextToken() != null) {
                throw malformed("", "there is more behind its value");
            }
            return json;
        } catch (JsonProcessingException e) {
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw malformed(pointer, shorten(e.getOriginalMessage()) + where);
        }
    }

    private static ProblemException malformed(String pointer, String detail) {
        return new ProblemException(
                ProblemType.MALFORMED_JSON, "the body is no JSON: " + detail, List.of(Mistake.at(pointer, detail)));
    }

    private static String shorten(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
