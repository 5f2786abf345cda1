package io.phyla.spaces.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import org.jspecify.annotations.Nullable;

/**
 * A space document.
 *
 * @param id what a service replaces by the document it stands for; a space is made of documents only
 */
public record TemplateParameters(
        @Param(
                description = "The id of a stored space; the service puts its document in its place.",
                min = 64,
                max = 64)
        @Nullable
        String id,

        @Param(description = "The space as GET /v1/schemas/space describes it.", byDefault = TemplateParameters.EXAMPLE)
        JsonNode document) {

    /** What a form begins with. */
    static final String EXAMPLE = """
        {"name": "Depth and width of a small network", "input": [3, 32, 32], "layers": [
          {"op": "convolution", "name": "stem", "channels": {"choice": [16, 24, 32]}, "kernel": 3},
          {"repeat": {"int": [1, 3]}, "name": "stage", "layers": [
            {"op": "inverted_residual", "channels": 32, "kernel": {"choice": [3, 5]}, "expansion": {"choice": [2, 4]}}
          ]},
          {"op": "global_pooling"},
          {"op": "linear", "features": 10}
        ]}\
        """;

    private static final JsonNode EXAMPLE_DOCUMENT = example();

    public TemplateParameters {
        document = TemplateDocument.canonical(document);
    }

    /** Whether the document is the one that stands for none given. */
    boolean isExample() {
        return document.equals(EXAMPLE_DOCUMENT);
    }

    private static JsonNode example() {
        try {
            return TemplateDocument.canonical(Json.MAPPER.readTree(EXAMPLE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the example is no JSON", e);
        }
    }

    /** The parameters of a document's space. */
    public static TemplateParameters of(JsonNode document) {
        return new TemplateParameters(null, document);
    }
}
