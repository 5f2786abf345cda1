package io.phyla.api.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;

/** A problem in its two written forms: the answer to a request, and the page its type names. */
public final class ProblemDocument {

    private ProblemDocument() {}

    /** @param instance path of the request */
    public static ObjectNode json(ProblemException problem, String instance) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("type", problem.type().path());
        json.put("title", problem.type().title());
        json.put("status", problem.type().status());
        json.put("detail", problem.getMessage());
        json.put("instance", instance);
        if (!problem.mistakes().isEmpty()) {
            ArrayNode errors = json.putArray("errors");
            problem.mistakes().forEach(each -> errors.add(Json.MAPPER.<ObjectNode>valueToTree(each)));
        }
        return json;
    }

    /** A page for people; everything in it is a constant of this program. */
    public static String page(ProblemType type) {
        return """
            <!doctype html>
            <html lang="en">
              <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>%1$s</title>
                <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 42em; margin: 3em auto; padding: 0 1em }</style>
              </head>
              <body>
                <h1>%1$s</h1>
                <p>HTTP status %2$d, type <code>%3$s</code></p>
                <p>%4$s</p>
              </body>
            </html>
            """.formatted(escape(type.title()), type.status(), type.path(), escape(type.explanation()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
