package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Contract;
import io.phyla.spaces.schema.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds every response to the full contract: its status, its media type, its headers, its body. */
final class Conformance {

    private static final ObjectNode CONTRACT = Contract.load().json();
    private static final Map<String, Validator> VALIDATORS = new ConcurrentHashMap<>();

    private Conformance() {}

    static void check(HttpResponse<byte[]> response) {
        String path = response.uri().getRawPath();
        JsonNode item = path(path);
        if (item == null) {
            if (response.statusCode() >= 400) {
                check(response, CONTRACT.at("/components/responses/Problem"), path);
            }
            return;
        }
        JsonNode operation = item.path(response.request().method().toLowerCase(java.util.Locale.ROOT));
        JsonNode responses = operation.isMissingNode() ? Json.MAPPER.createObjectNode() : operation.path("responses");
        JsonNode described = responses.path(Integer.toString(response.statusCode()));
        if (described.isMissingNode() && response.statusCode() == 304) {
            described = CONTRACT.at("/components/responses/NotModified");
        }
        if (described.isMissingNode()) {
            assertThat(response.statusCode())
                    .as(
                            "%s %s answers with a status the contract lists",
                            response.request().method(), path)
                    .isGreaterThanOrEqualTo(400);
            described = CONTRACT.at("/components/responses/Problem");
        }
        check(response, resolve(described), path);
    }

    private static void check(HttpResponse<byte[]> response, JsonNode described, String path) {
        for (Map.Entry<String, JsonNode> header : described.path("headers").properties()) {
            JsonNode form = resolve(header.getValue());
            String value = response.headers().firstValue(header.getKey()).orElse(null);
            assertThat(value).as("header %s of %s", header.getKey(), path).isNotNull();
            if (form.at("/schema/pattern").isTextual()) {
                assertThat(value).matches(form.at("/schema/pattern").asText());
            }
        }
        JsonNode content = described.path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            assertThat(response.body()).as("body of %s", path).isEmpty();
            return;
        }
        String mediaType =
                response.headers().firstValue("Content-Type").orElse("none").replaceAll(";.*", "");
        JsonNode body = content.has(mediaType) ? content.get(mediaType) : content.path("*/*");
        assertThat(body.isMissingNode())
                .as("%s answers in %s, one of %s", path, mediaType, content)
                .isFalse();
        if (mediaType.endsWith("json")) {
            valid(body.path("schema"), new String(response.body(), StandardCharsets.UTF_8), path);
        }
    }

    /** Holds a JSON text to one of the contract's named schemas. */
    static void valid(String schema, String json) {
        valid(Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema), json, schema);
    }

    static boolean isValid(String schema, String json) {
        ObjectNode reference = Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        return validate(reference, json).getValid();
    }

    private static void valid(JsonNode schema, String json, String what) {
        OutputUnit result = validate(schema, json);
        assertThat(result.getValid())
                .as("%s keeps to %s: %s%n%s", what, schema, result.getErrors(), json)
                .isTrue();
    }

    private static OutputUnit validate(JsonNode schema, String json) {
        return VALIDATORS
                .computeIfAbsent(schema.toString(), _ -> validator(schema))
                .validate(new JsonObject("{\"it\":" + json + "}").getValue("it"));
    }

    private static Validator validator(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", CONTRACT.at("/components/schemas"));
        String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
        return Validator.create(
                JsonSchema.of(new JsonObject(text)),
                new JsonSchemaOptions()
                        .setBaseUri("https://phyla.test/")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Basic));
    }

    private static JsonNode path(String path) {
        for (Map.Entry<String, JsonNode> each : CONTRACT.path("paths").properties()) {
            if (path.matches(each.getKey().replaceAll("\\{[a-z]+}", "[^/:]+"))) {
                return each.getValue();
            }
        }
        return null;
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? CONTRACT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
