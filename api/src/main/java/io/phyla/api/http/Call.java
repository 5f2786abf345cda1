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
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to an operation, parameters checked.
 *
 * @param body empty where it is a file
 * @param file the body of an operation that takes a file, yet to come; null with any other
 */
public record Call(Parameters parameters, byte[] body, @Nullable FileBody file) {

    private static final int LONGEST = 300;
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; (line: \\d+, column: \\d+)]");
    private static final Pattern BEHIND = Pattern.compile("Trailing token .*", Pattern.DOTALL);
    private static final Pattern SETTING = Pattern.compile("(: enable|, from) `[^`]*`( to allow)?");

    /** The body of an operation that takes a file. */
    public FileBody sent() {
        return Objects.requireNonNull(file, "the contract's operation takes no file");
    }

    /** @throws ProblemException pointing to where the body stops being JSON */
    public JsonNode json() {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            return read(parser);
        } catch (IOException e) {
            throw malformed("", plain(String.valueOf(e.getMessage())));
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
            throw malformed(pointer, plain(e.getOriginalMessage()) + where);
        }
    }

    private static ProblemException malformed(String pointer, String detail) {
        return new ProblemException(
                ProblemType.MALFORMED_JSON, "the body is no JSON: " + detail, List.of(Mistake.at(pointer, detail)));
    }

    /** The parser's message without the names of its own settings and classes, which whoever wrote the body cannot change. */
    private static String plain(String message) {
        String text = SOURCE.matcher(message).replaceAll("$1");
        text = BEHIND.matcher(text).replaceAll("there is more behind its value");
        text = SETTING.matcher(text).replaceAll("");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
