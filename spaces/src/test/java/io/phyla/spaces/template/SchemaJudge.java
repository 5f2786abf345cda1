package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;

/** The published schema in the hands of somebody else's validator. */
final class SchemaJudge {

    private final Validator validator = Validator.create(
            JsonSchema.of(new JsonObject(TemplateSchema.document().toString())),
            new JsonSchemaOptions()
                    .setBaseUri("https://phyla.test/")
                    .setDraft(Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Flag));

    boolean accepts(JsonNode document) {
        return validator
                .validate(new JsonObject("{\"it\":" + document + "}").getValue("it"))
                .getValid();
    }
}
